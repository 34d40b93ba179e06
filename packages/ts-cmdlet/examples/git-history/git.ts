import { spawn } from 'node:child_process';
import { gitFailed, gitNotFound } from './git-error.ts';

/** Where git runs, and what stops it. */
export interface GitCall {
  /** The full path of a folder in the repository. */
  readonly folder: string;
  /** Ends git when it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * Gives, for each commit of `git log`, the fields that placeholders of its `--format` stand for, such as `%H`. Git waits
 * until the next one is asked for. Throws a `CmdletError`.
 */
export async function* gitLog(
  call: GitCall,
  placeholders: readonly string[],
  options: readonly string[] = [],
): AsyncGenerator<readonly string[]> {
  // With -z the last field of a commit ends with a NUL too, which no commit can hold.
  const format = `--format=${placeholders.join('%x00')}`;
  const args = ['log', '-z', '--encoding=UTF-8', '--no-show-signature', format, ...options, '--'];
  let fields: string[] = [];
  let rest = '';
  for await (const text of runGit(call, args)) {
    const ended = (rest + text).split('\0');
    rest = ended.pop() ?? '';
    for (const field of ended) {
      fields.push(field);
      if (fields.length < placeholders.length) continue;
      yield fields;
      fields = [];
    }
  }
}

/** Runs git and gives what it prints, piece by piece. Throws a `CmdletError` where git is missing or fails. */
export async function* runGit({ folder, signal }: GitCall, args: readonly string[]): AsyncGenerator<string> {
  const child = spawn('git', ['-C', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its messages are told apart by their English.
    env: { ...process.env, LC_ALL: 'C' },
    windowsHide: true,
    signal,
  });
  const exitCode = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // It is awaited when the output has ended.
  exitCode.catch(() => {});
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    complaint = (complaint + text).slice(0, 10_000);
  });
  try {
    for await (const text of child.stdout.setEncoding('utf8')) yield String(text);
    const code = await exitCode;
    if (code !== 0) throw gitFailed(folder, complaint);
  } catch (error) {
    signal.throwIfAborted();
    throw isMissing(error) ? gitNotFound(error) : error;
  } finally {
    child.kill();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
