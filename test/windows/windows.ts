import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { repository } from '../../scripts/own-module.ts';
import { installWindows, type WindowsInstallation } from '../../scripts/windows/install-windows.ts';
import { runProgram, toWindowsPath, wineEnvironment } from '../../scripts/windows/wine.ts';

const Answer = Type.Object({
  output: Type.Optional(Type.Array(Type.Unknown())),
  error: Type.Optional(Type.Object({ message: Type.String(), id: Type.String(), where: Type.String() })),
});

/** Begins a script that `startShell` runs with what the tests' PowerShell has, such as Invoke-TestScript. */
const helpers = `. ${quote(toWindowsPath(path.join(repository, 'packages', 'powershell-driver', 'src', 'session.ps1')))}`;

/** A pwsh.exe that runs a script. */
export interface WindowsShell {
  /** Ends it at once, as the Task Manager does. */
  kill(): Promise<void>;
  /** Settles when it has ended, with what it wrote to standard output and its exit code. Rejects after its time limit. */
  readonly ended: Promise<{ stdout: string; exitCode: number | null }>;
}

export interface RunOptions {
  /** How long the shell may take. The default is a hundred times what a call takes, for machines that are busy. */
  readonly seconds?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * A Windows of its own, as far as Wine goes: processes and registry are apart from any other's, while the files of drive C
 * are those of the installation. Disposing of it ends what still runs.
 */
export interface Windows extends AsyncDisposable {
  /** A folder for what tests write, in Linux' own words. */
  readonly scratch: string;
  /** Node.js, in Windows' words. */
  readonly node: string;
  /** Runs a script in a pwsh.exe and returns what it outputs, which must be of the schema. Its first error is thrown. */
  run<T extends TSchema>(schema: T, script: string, options?: RunOptions): Promise<Static<T>[]>;
  /** Starts a pwsh.exe with a script. */
  start(script: string, options?: RunOptions): Promise<WindowsShell>;
  /** Settles when no process is left; rejects when one still is after so many seconds. */
  allEnded(seconds?: number): Promise<void>;
}

export async function startWindows(): Promise<Windows> {
  const installation = await installWindows();
  const scratch = await mkdtemp(path.join(tmpdir(), 'windows-'));
  const prefix = path.join(scratch, 'prefix');
  const env = { ...wineEnvironment(prefix), DOTNET_ROOT: toWindowsPath(installation.dotnet) };
  await copyPrefix(installation, prefix);
  let shells = 0;

  async function start(script: string, { seconds = 120, environment = {} }: RunOptions = {}): Promise<WindowsShell> {
    shells += 1;
    const files = path.join(scratch, `shell-${shells}`);
    const [source, stdout] = [`${files}.ps1`, `${files}.out`];
    await writeFile(source, `${helpers}\n${script}\n`);
    const nodeFolder = toWindowsPath(path.dirname(installation.node));
    return startShell(
      { pwsh: installation.pwsh, source, stdout, seconds },
      { ...env, WINEPATH: nodeFolder, ...environment },
    );
  }

  return {
    scratch,
    node: toWindowsPath(installation.node),
    start,
    async run(schema, script, options) {
      const encoded = Buffer.from(script).toString('base64');
      const { ended } = await start(`Invoke-TestScript '${encoded}'`, options);
      const { stdout, exitCode } = await ended;
      const line = stdout.trimEnd().split(/\r?\n/).at(-1) ?? '';
      if (line === '') throw new Error(`pwsh.exe ended with ${exitCode} and said nothing.`);
      const answer = Value.Parse(Answer, JSON.parse(Buffer.from(line, 'base64').toString()));
      if (answer.error) {
        const { id, message, where } = answer.error;
        throw new Error(`${id}: ${message}\n${where}`);
      }
      return Value.Parse(Type.Array(schema), answer.output);
    },
    // Wine's server ends with the last process but those of Windows itself.
    allEnded: (seconds = 60) => runProgram('wineserver', ['--wait'], { seconds, env }),
    async [Symbol.asyncDispose]() {
      // Fails where all has ended already.
      await runProgram('wineserver', ['--kill'], { seconds: 30, env }).catch(() => {});
      await runProgram('wineserver', ['--wait'], { seconds: 30, env });
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** Makes a prefix beside another one: its server is known by its folder, and what it writes there is the registry. */
async function copyPrefix({ prefix: original }: WindowsInstallation, prefix: string): Promise<void> {
  const devices = path.join(prefix, 'dosdevices');
  await mkdir(devices, { recursive: true });
  await symlink(path.join(original, 'drive_c'), path.join(devices, 'c:'));
  await symlink('/', path.join(devices, 'z:'));
  for (const entry of await readdir(original, { withFileTypes: true })) {
    if (entry.isFile()) await copyFile(path.join(original, entry.name), path.join(prefix, entry.name));
  }
}

/**
 * Starts pwsh.exe with a terminal, because it does not start without a console, and Wine makes one of a terminal. Standard
 * output is a file.
 */
async function startShell(
  { pwsh, source, stdout, seconds }: { pwsh: string; source: string; stdout: string; seconds: number },
  env: NodeJS.ProcessEnv,
): Promise<WindowsShell> {
  const id = `${stdout}.pid`;
  const child = spawn(
    'script',
    [
      '--quiet',
      '--return',
      '--command',
      'echo $$ >"$ID"; exec wine "$PWSH" $OPTIONS -File "$FILE" >"$OUT" </dev/null',
      '/dev/null',
    ],
    {
      cwd: path.dirname(source),
      env: {
        ...env,
        SHELL: '/bin/sh',
        ID: id,
        PWSH: pwsh,
        OPTIONS: '-NoLogo -NoProfile -NonInteractive',
        FILE: toWindowsPath(source),
        OUT: stdout,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let screen = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
    });
  }
  const kill = async () => void process.kill(Number(await readFile(id, 'utf8')), 'SIGKILL');
  const ended = new Promise<{ stdout: string; exitCode: number | null }>((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`pwsh.exe did not end in ${seconds} seconds.\n${screen}`));
      kill().catch(() => child.kill('SIGKILL'));
    }, seconds * 1000);
    child.once('error', reject);
    child.once('exit', exitCode => {
      clearTimeout(limit);
      readFile(stdout, 'utf8').then(text => resolve({ stdout: text, exitCode }), reject);
    });
  });
  return { ended, kill };
}
