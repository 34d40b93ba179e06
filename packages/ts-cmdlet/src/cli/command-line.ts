import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from 'citty';
import { nearestName } from '../generate/nearest-name.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
import { packageVersion } from './package-manifest.ts';
import { write } from './terminal.ts';
import { UsageError } from './usage-error.ts';

// Each command is loaded when it is called: what it stands on takes longer to load than the rest takes to run.
const loadNew = async () => (await import('./new-command.ts')).newCommand;
const loadBuild = async () => (await import('./build-command.ts')).buildCommand;
const loadCheck = async () => (await import('./check-command.ts')).checkCommand;
const loadWatch = async () => (await import('./watch-command.ts')).watchCommand;

const main = defineCommand({
  meta: {
    name: COMMAND_NAME,
    version: packageVersion(),
    description: 'Makes PowerShell modules from PlatyPS Markdown help and TypeScript handlers',
  },
  subCommands: { new: loadNew, build: loadBuild, check: loadCheck, watch: loadWatch },
});

/** What each command does with its arguments, and how it tells of them. */
const commands = new Map([
  ['new', describe(loadNew)],
  ['build', describe(loadBuild)],
  ['check', describe(loadCheck)],
  ['watch', describe(loadWatch)],
]);

function describe<T extends ArgsDef>(load: () => Promise<CommandDef<T>>) {
  return {
    run: async (rawArgs: string[]) => runCommand(await load(), { rawArgs }),
    usage: async () => renderUsage(await load()),
  };
}

/** Runs the command line and gives the exit code. */
export async function runCommandLine(rawArgs: readonly string[]): Promise<ExitCode> {
  const [name = '', ...rest] = rawArgs;
  const command = commands.get(name);
  if (rawArgs.includes('--help') || rawArgs.includes('-h')) {
    const usage = await (command?.usage() ?? renderUsage(main));
    await write(`${usage.replace(/ +$/gm, '')}\n`, process.stdout);
    return ExitCode.done;
  }
  if (name === '--version') {
    await write(`${packageVersion()}\n`, process.stdout);
    return ExitCode.done;
  }
  try {
    if (command === undefined) throw new UsageError(noCommand(name));
    const { result } = await command.run(rest);
    return result === ExitCode.done ? ExitCode.done : ExitCode.findings;
  } catch (error) {
    if (!isUsageError(error)) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      await write(`${COMMAND_NAME} ${packageVersion()} has failed, by a fault of its own:\n${told}\n`, process.stderr);
      return ExitCode.fault;
    }
    const help = [COMMAND_NAME, ...(command === undefined ? [] : [name]), '--help'].join(' ');
    await write(`${error.message}\nSee ${help}.\n`, process.stderr);
    return ExitCode.usage;
  }
}

function noCommand(name: string): string {
  if (name === '') return `Which command? Expected one of ${[...commands.keys()].join(', ')}.`;
  const nearest = nearestName(name, commands.keys());
  return `There is no command '${name}'.${nearest === undefined ? '' : ` Did you mean '${nearest}'?`}`;
}

/** citty's own class for a wrong call is not exported. */
function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof Error && error.name === 'CLIError');
}
