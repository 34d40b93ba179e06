import { chmod, chown, mkdir, mkdtemp, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runPowerShell, startPowerShell } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// Node.js keeps a core's scripts compiled for the sessions that come later, where that is safe.

let module: ProbeModule;
let caches: string;

beforeAll(async () => {
  module = await makeProbeModule();
});

beforeEach(async () => {
  caches = await mkdtemp(path.join(module.scratch, 'caches-'));
});

afterAll(() => module?.[Symbol.asyncDispose]());

const compiled = () => path.join(caches, 'ts-cmdlet', 'compiled');

/**
 * A session with one call, whose core looks for the user's caches in the test's folder, or another. PowerShell's own caches stay
 * where they are; on macOS both are found by HOME, so that these tests are skipped there.
 */
const call = (folder = caches) => `$env:XDG_CACHE_HOME = $env:LOCALAPPDATA = ${quote(folder)}
  Import-Module ${quote(module.manifest)}; Test-Probe Print`;

/** Runs such a session, and gives its errors; the core has ended when it is over. */
async function session(folder?: string, before = ''): Promise<string> {
  const script = `${before}; ${call(folder)}; Remove-Module HostProbe`;
  const { stderr } = await runPowerShell(['-NonInteractive', '-Command', script], '', node);
  return stderr;
}

/** Vitest disables what is tested here. */
const node = { HOSTPROBE_NODE: process.execPath, NODE_DISABLE_COMPILE_CACHE: undefined };

/** The files that Node.js keeps: when each was written, by its path. */
async function kept(): Promise<Record<string, number>> {
  const entries = await readdir(caches, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile() && entry.parentPath.startsWith(path.join(caches, 'ts-cmdlet')));
  const written = files.map(async ({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    return [file, (await stat(file)).mtimeMs] as const;
  });
  return Object.fromEntries(await Promise.all(written));
}

describe.skipIf(process.platform === 'darwin')("a user's cache folder", () => {
  test('the first session leaves what it compiled to this user alone, and the next one takes it as it is', async () => {
    expect(await session()).toBe('');
    const first = await kept();
    expect(Object.keys(first).length).toBeGreaterThan(0);
    if (process.platform !== 'win32') expect((await stat(compiled())).mode & 0o777).toBe(0o700);
    // What V8 does not take is compiled and written again.
    expect(await session()).toBe('');
    expect(await kept()).toEqual(first);
  });

  test('NODE_DISABLE_COMPILE_CACHE has nothing kept', async () => {
    expect(await session(caches, "$env:NODE_DISABLE_COMPILE_CACHE = '1'")).toBe('');
    expect(await kept()).toEqual({});
  });

  test.skipIf(process.platform === 'win32')('nothing is kept where others can put code', async () => {
    await chmod(caches, 0o770);
    expect(await session()).toBe('');
    expect(await kept()).toEqual({});
    await chmod(caches, 0o700);
    await mkdir(path.join(caches, 'ts-cmdlet', 'compiled'), { recursive: true });
    await chmod(compiled(), 0o707);
    expect(await session()).toBe('');
    expect(await kept()).toEqual({});
  });

  test.skipIf(process.getuid?.() !== 0)(
    'nothing is kept in the folder of another user, as with a sudo that keeps HOME',
    async () => {
      await chown(caches, 1, 1);
      await session();
      expect(await kept()).toEqual({});
    },
  );

  test('a user without a cache folder has no cache, and no error', async () => {
    const file = path.join(caches, 'no-folder');
    await writeFile(file, '');
    expect(await session(file)).toBe('');
    expect(await kept()).toEqual({});
  });

  test('of the code of many builds the newest is kept', async () => {
    expect(await session()).toBe('');
    const current = await kept();
    const [file] = Object.keys(current);
    if (file === undefined) throw new Error('Nothing is kept.');
    const folder = path.dirname(file);
    for (let index = 0; index < 300; index += 1) {
      const stale = path.join(folder, `stale-${index}`);
      await writeFile(stale, '');
      await utimes(stale, 0, 0);
    }
    await using shell = await startPowerShell(['-NonInteractive', '-Command', '-'], node);
    shell.write(`${call()}\n`);
    await expect.poll(async () => Object.keys(await kept()).length, { timeout: 60_000 }).toBe(200);
    expect(await kept()).toMatchObject(current);
  });

  test('what is damaged, or is of another script, is not run', async () => {
    expect(await session()).toBe('');
    for (const file of Object.keys(await kept())) await writeFile(file, 'damaged');
    expect(await session()).toBe('');
    // The last test of the file, as nothing can run these scripts after it.
    const core = path.join(module.folder, 'core');
    const scripts = (await readdir(core)).filter(name => name.endsWith('.mjs') && name !== 'core.mjs');
    for (const name of scripts) await writeFile(path.join(core, name), 'throw new Error("changed");');
    expect(await session()).toContain('Error: changed');
  });
});
