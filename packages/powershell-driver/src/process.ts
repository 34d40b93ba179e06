import { spawn } from 'node:child_process';
import { findPowerShell } from './find-powershell.ts';
import { powerShellEnvironment } from './powershell-environment.ts';

/** What a PowerShell process wrote, and how it ended. */
export interface PowerShellResult {
  stdout: string;
  stderr: string;
  /** The exit code; null when a signal ended the process. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/** A PowerShell process that runs. Disposing of it ends it. */
export interface PowerShellProcess extends AsyncDisposable {
  /** Writes to standard input. */
  write(text: string): void;
  /** Ends standard input. */
  end(): void;
  /** Sends a signal. */
  kill(signal: NodeJS.Signals): void;
  /** Waits until standard output holds a text; fails when the process ends without it. */
  waitForOutput(text: string): Promise<void>;
  /** Settles when the process has ended. */
  readonly ended: Promise<PowerShellResult>;
}

/** Starts PowerShell without profile, and without colours unless the environment says otherwise. */
export async function startPowerShell(args: string[], env: NodeJS.ProcessEnv = {}): Promise<PowerShellProcess> {
  const executable = await findPowerShell();
  const child = spawn(executable, ['-NoLogo', '-NoProfile', ...args], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...powerShellEnvironment, NO_COLOR: '1', ...env },
  });
  const result: PowerShellResult = { stdout: '', stderr: '', exitCode: null, signal: null };
  // A process that ended before it read its input is no failure of the test.
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
  });
  const ended = new Promise<PowerShellResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ ...result, exitCode, signal }));
  });
  return {
    ended,
    write(text) {
      child.stdin.write(text);
    },
    end() {
      child.stdin.end();
    },
    kill(signal) {
      child.kill(signal);
    },
    waitForOutput(text) {
      return new Promise((resolve, reject) => {
        const fail = () => reject(new Error(`PowerShell ended without '${text}': ${JSON.stringify(result)}`));
        const check = () => {
          if (result.stdout.includes(text)) {
            child.stdout.off('data', check);
            child.off('close', fail);
            resolve();
          }
        };
        child.stdout.on('data', check);
        child.once('close', fail);
        check();
      });
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * Starts a session that runs each command that is written to it, until the input ends. It is not interactive, because
 * PSReadLine would leave records of its own in `$Error` after Ctrl+C.
 */
export function startSession(env: NodeJS.ProcessEnv = {}): Promise<PowerShellProcess> {
  return startPowerShell(['-NonInteractive', '-NoExit', '-Command', '-'], env);
}

/** Runs PowerShell to its end with a text as its standard input. */
export async function runPowerShell(
  args: string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<PowerShellResult> {
  await using shell = await startPowerShell(args, env);
  shell.write(input);
  shell.end();
  return await shell.ended;
}

/** Runs a script and returns the lines it wrote to standard output; fails when it wrote an error. */
export async function runScript(script: string, input = ''): Promise<string[]> {
  const { stdout, stderr } = await runPowerShell(['-Command', script], input);
  if (stderr !== '') {
    throw new Error(stderr);
  }
  return toLines(stdout);
}

/** Splits text at the ends of lines, which are the platform's. */
export function toLines(text: string): string[] {
  return text.trimEnd().split(/\r?\n/);
}
