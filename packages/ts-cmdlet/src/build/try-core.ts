import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import { type FileContent, writing } from '../generate/replace-files.ts';
import { METHODS } from '../protocol/protocol.ts';

const SECONDS_TO_START = 30;

/** A core that does not start, or does not find a package, where its module is installed. */
export class CoreFailedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CoreFailedError';
  }
}

/**
 * Starts a core in a folder that has no project above it, as that of a user has none: with its files and with the packages
 * beside it, but for what the project's own node_modules would have. It must answer, and find each package that
 * it imports, later too. Throws `CoreFailedError`, and `WriteError` where the temporary folder has no room.
 * @param files the core's files, by full path; they need not be written yet
 * @param coreFolder the core's folder, whose node_modules has been written
 * @param imports what the bundle imports from packages, such as `sharp/lib`
 */
export async function tryCore(
  files: readonly FileContent[],
  coreFolder: string,
  imports: readonly string[],
): Promise<void> {
  const folder = await writing(tmpdir(), () => mkdtemp(path.join(tmpdir(), 'ts-cmdlet-')));
  try {
    await writing(tmpdir(), async () => {
      for (const { file, content } of files) {
        const target = path.join(folder, path.relative(coreFolder, file));
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(target, content);
      }
      // With --preserve-symlinks a package looks for others from this folder on, and not from the link's target.
      if (imports.length > 0)
        await symlink(path.join(coreFolder, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
      await writeFile(path.join(folder, 'find-packages.mjs'), findPackages(imports));
    });
    const failure = await startFailure(path.join(folder, 'core.mjs'), folder);
    if (failure !== undefined) throw new CoreFailedError(reasonIn(failure));
    if (imports.length === 0) return;
    const found = await run(path.join(folder, 'find-packages.mjs'), '');
    if (found.stdout !== '') throw new CoreFailedError(found.stdout.trim());
  } finally {
    await retryWhileBusy(() => rm(folder, { recursive: true, force: true }));
  }
}

/** A script that prints why a package, or what it needs, is not found. Other reasons not to load it are the handler's. */
function findPackages(imports: readonly string[]): string {
  return `for (const name of ${JSON.stringify(imports)}) {
  try {
    await import(name);
  } catch (error) {
    if (/MODULE_NOT_FOUND$/.test(error.code)) process.stdout.write(error.message.split('\\n')[0] + '\\n');
  }
}
process.exit();`;
}

/** Has a core connect, as a host does, and ends it. Gives what it printed where it ends without saying that it is ready. */
async function startFailure(file: string, folder: string): Promise<string | undefined> {
  const name = `core-${randomBytes(8).toString('hex')}`;
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(folder, name);
  const ready = Promise.withResolvers<undefined>();
  const server = createServer(socket => {
    socket.on('error', () => {});
    createInterface({ input: socket }).once('line', line => {
      if (line.includes(METHODS.ready)) ready.resolve(undefined);
      // A core ends with its connection.
      socket.destroy();
    });
  });
  server.listen(address);
  await once(server, 'listening');
  try {
    const ended = run(file, `${JSON.stringify({ address, nonce: name })}\n`);
    const failed = await Promise.race([ready.promise, ended.then(({ stderr }) => stderr)]);
    await ended;
    return failed;
  } finally {
    server.close();
  }
}

async function run(file: string, input: string): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--preserve-symlinks', '--preserve-symlinks-main', file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: SECONDS_TO_START * 1000,
    cwd: path.parse(file).root,
    // Its scripts are in a temporary folder, and no other core will have them.
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
    windowsHide: true,
  });
  // A core that ends early reads nothing.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr };
}

/** What Node.js says of the error, without the stack. */
function reasonIn(stderr: string): string {
  const [line] = /^\w*Error\b.*$/m.exec(stderr) ?? [];
  return line ?? (stderr.trim().split('\n').at(-1) || 'It ends without an answer');
}
