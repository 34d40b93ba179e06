import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { powerShellEnvironment } from 'powershell-driver/powershell-environment';

/** Says whether Wine is on the PATH. Windows and macOS do without: the tests that need it are for Linux. */
export function isWineInstalled(): boolean {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  return process.platform === 'linux' && folders.some(folder => existsSync(path.join(folder, 'wine')));
}

/** The environment in which Wine and .NET under it run: of the caller's own, what a program needs to start, and no more. */
export function wineEnvironment(prefix: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    // A process of Wine's that is killed leaves its files there.
    TMPDIR: path.dirname(prefix),
    // Wine reads file names in the character set of the locale.
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // No offer to download a browser engine. Without mscoree, .NET's own libraries would not load.
    WINEDLLOVERRIDES: 'mshtml=',
    // Wine 8 does not run .NET 10's code without these.
    DOTNET_EnableWriteXorExecute: '0',
    DOTNET_TieredPGO: '0',
    ...powerShellEnvironment,
  };
}

/** Names a file as Windows programs do: Wine's drive Z is the root. */
export function toWindowsPath(file: string): string {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/** Runs a program to its end. Rejects with what it printed when it fails or takes longer than so many seconds. */
export function runProgram(
  program: string,
  args: readonly string[],
  { seconds, ...options }: { seconds: number; cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    const fail = (why: string, cause?: unknown) =>
      reject(new Error(`${program} ${args.join(' ')} ${why}.\n${printed}`, { cause }));
    child.once('error', error => fail('could not be started', error));
    // Not `close`: a server that the program leaves behind keeps its pipes.
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else fail(signal === null ? `ended with ${code}` : `did not end in ${seconds} seconds`);
    });
  });
}
