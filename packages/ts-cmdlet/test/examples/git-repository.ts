import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** One commit of a history; the date is in seconds since 1970 with git's offset, such as `1714557600 +0200`. */
export interface MadeCommit {
  readonly author: string;
  readonly date: string;
  readonly subject: string;
}

/** A repository in a temporary folder, which git itself made. */
export interface GitRepository extends AsyncDisposable {
  readonly folder: string;
  /** Runs git in it and gives what it prints. */
  git(...args: string[]): Promise<string>;
}

/** Makes a repository with these commits on its branch main, the first of them the oldest. */
export async function makeRepository(commits: Iterable<MadeCommit>): Promise<GitRepository> {
  const folder = await mkdtemp(path.join(tmpdir(), 'git history '));
  const git = async (...args: string[]) => (await execute('git', ['-C', folder, ...args])).stdout;
  await git('init', '--quiet', '--initial-branch=main');
  // What the tests' user has set must not decide.
  await git('config', 'user.name', 'Tester');
  await git('config', 'user.email', 'tester@example.com');
  await fastImport(folder, commits);
  return { folder, git, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** git-fast-import makes thousands of commits in a second. */
async function fastImport(folder: string, commits: Iterable<MadeCommit>): Promise<void> {
  const child = spawn('git', ['-C', folder, 'fast-import', '--quiet'], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(child, 'close');
  for (const { author, date, subject } of commits) {
    const lines = [
      'commit refs/heads/main',
      `author ${author} ${date}`,
      `committer ${author} ${date}`,
      `data ${Buffer.byteLength(subject)}`,
      subject,
    ];
    if (!child.stdin.write(`${lines.join('\n')}\n`)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}.`);
}
