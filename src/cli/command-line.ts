import { defineCommand, renderUsage, runCommand } from 'citty';
import { buildCommand } from './build-command.ts';
import { checkCommand } from './check-command.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
import { newCommand } from './new-command.ts';
import { packageVersion } from './package-manifest.ts';
import { write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { watchCommand } from './watch-command.ts';

const main = defineCommand({
  meta: {
    name: COMMAND_NAME,
    version: packageVersion(),
    description: 'Makes PowerShell modules from PlatyPS Markdown help and TypeScript handlers',
  },
  subCommands: { new: newCommand, build: buildCommand, check: checkCommand, watch: watchCommand },
});

/** What each command does with its arguments, and how it tells of them. */
const commands = new Map([
  ['new', { run: (rawArgs: string[]) => runCommand(newCommand, { rawArgs }), usage: () => renderUsage(newCommand) }],
  [
    'build',
    { run: (rawArgs: string[]) => runCommand(buildCommand, { rawArgs }), usage: () => renderUsage(buildCommand) },
  ],
  [
    'check',
    { run: (rawArgs: string[]) => runCommand(checkCommand, { rawArgs }), usage: () => renderUsage(checkCommand) },
  ],
  [
    'watch',
    { run: (rawArgs: string[]) => runCommand(watchCommand, { rawArgs }), usage: () => renderUsage(watchCommand) },
  ],
]);

/** Runs the command line and gives the exit code. What went wrong in another way than the codes say is thrown. */
export async function runCommandLine(rawArgs: readonly string[]): Promise<ExitCode> {
  const [name = '', ...rest] = rawArgs;
  const command = commands.get(name);
  if (rawArgs.includes('--help') || rawArgs.includes('-h')) {
    await write(`${await (command?.usage() ?? renderUsage(main))}\n`, process.stdout);
    return ExitCode.done;
  }
  if (name === '--version') {
    await write(`${packageVersion()}\n`, process.stdout);
    return ExitCode.done;
  }
  try {
    if (command === undefined) {
      throw new UsageError(name === '' ? 'Which command?' : `There is no command '${name}'.`);
    }
    const { result } = await command.run(rest);
    return result === ExitCode.done ? ExitCode.done : ExitCode.findings;
  } catch (error) {
    if (!isUsageError(error)) throw error;
    const help = [COMMAND_NAME, ...(command === undefined ? [] : [name]), '--help'].join(' ');
    await write(`${error.message}\nSee ${help}.\n`, process.stderr);
    return ExitCode.usage;
  }
}

/** citty's own class for a wrong call is not exported. */
function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof Error && error.name === 'CLIError');
}
