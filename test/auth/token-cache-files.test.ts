import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refuseFiles } from '../../packages/ts-cmdlet/test/support/refused-files.ts';
import { userSignIn } from '../../src/auth/sign-in-request.ts';
import { fits } from '../../src/auth/token-cache/account.ts';
import { PrivateFile } from '../../src/auth/token-cache/file.ts';
import { tokenCacheFolder } from '../../src/auth/token-cache/folder.ts';
import { TokenCacheUnavailable } from '../../src/auth/token-cache/guard.ts';
import { withLock } from '../../src/auth/token-cache/lock.ts';
import { keyringKeyGuard } from '../../src/cmdlets/keyring-key-guard.ts';

// The parts of the token cache that need no sign-in.

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cache-'));
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

describe('a lock', () => {
  test('has processes take turns', async () => {
    const counter = new PrivateFile(path.join(folder, 'counter'));
    await counter.write('0');
    const workers = Array.from({ length: 4 }, () =>
      fork(path.join(import.meta.dirname, 'token-cache-counter.ts'), [folder, '25']),
    );
    const codes = await Promise.all(workers.map(async worker => (await once(worker, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(await counter.read()).toBe('100');
    expect(await readdir(folder)).toEqual(['counter']);
  });

  test('is released by an action that fails', async () => {
    const file = path.join(folder, 'lock');
    await expect(withLock(file, signal, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await withLock(file, signal, async () => 'had')).toBe('had');
  });

  test('is taken over from a session that was killed', async () => {
    const file = path.join(folder, 'lock');
    await writeFile(file, '');
    const long = new Date(Date.now() - 60_000);
    await utimes(file, long, long);
    expect(await withLock(file, signal, async () => 'had')).toBe('had');
  });

  test('is taken and released while other processes look at its file', async () => {
    const file = path.join(folder, 'lock');
    {
      using busy = refuseFiles(folder, ['open', 'rm']);
      expect(await withLock(file, signal, async () => 'had')).toBe('had');
      expect(new Set(busy.refused.map(each => each.split(' ')[0]))).toEqual(new Set(['open', 'rm']));
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('that was left behind is taken over while other processes look at its file', async () => {
    const file = path.join(folder, 'lock');
    await writeFile(file, '');
    const long = new Date(Date.now() - 60_000);
    await utimes(file, long, long);
    using busy = refuseFiles(folder, ['open', 'rm', 'stat']);
    expect(await withLock(file, signal, async () => 'had')).toBe('had');
    expect(busy.refused).toContain('stat EPERM');
  });

  test('that is held for long is not taken over', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    const file = path.join(folder, 'lock');
    await withLock(file, signal, async () => {
      const waiting = withLock(file, signal, async () => 'had').catch((error: unknown) => error);
      for (let seconds = 0; seconds < 30; seconds += 5) {
        vi.advanceTimersByTime(5000);
        const now = Date.now();
        await vi.waitFor(async () => expect(now - (await stat(file)).mtimeMs).toBeLessThan(5000));
      }
      expect(String(await waiting)).toContain('another session holds');
    });
  });

  test('that this user may not make is an error that says so, and no other session', async () => {
    using _refused = refuseFiles(folder, ['open'], { times: Number.POSITIVE_INFINITY, codes: ['EACCES'] });
    await expect(withLock(path.join(folder, 'lock'), signal, async () => 'had')).rejects.toThrow('EACCES');
  });

  test('is not waited for once the call is stopped', async () => {
    const file = path.join(folder, 'lock');
    const stopping = new AbortController();
    await withLock(file, signal, async () => {
      const waiting = withLock(file, stopping.signal, async () => 'had');
      stopping.abort();
      await expect(waiting).rejects.toThrow('aborted');
    });
  });
});

describe('a private file', () => {
  test.skipIf(process.platform === 'win32')(
    'is for this user alone, in a folder that was open before too',
    async () => {
      const place = path.join(folder, 'SecMgmt');
      await mkdir(place);
      await chmod(place, 0o755);
      const file = new PrivateFile(path.join(place, 'file'));
      await file.locked(signal, () => file.write('text'));
      expect((await stat(place)).mode & 0o777).toBe(0o700);
      expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    },
  );

  test('leaves nothing beside it, written or not', async () => {
    const file = new PrivateFile(path.join(folder, 'file'));
    await file.write('one');
    await file.write('two');
    await mkdir(path.join(folder, 'occupied'));
    using _scanned = refuseFiles(folder, ['rm']);
    await expect(new PrivateFile(path.join(folder, 'occupied')).write('three')).rejects.toThrow();
    expect((await readdir(folder)).sort()).toEqual(['file', 'occupied']);
    expect(await file.read()).toBe('two');
  });
});

describe.skipIf(process.platform === 'win32')('in the place of a private file', () => {
  const place = () => path.join(folder, 'SecMgmt', 'file');
  const readUnavailable = async (reason: string) => {
    await expect(new PrivateFile(place()).read()).rejects.toThrow(`${place()} ${reason}`);
    await expect(new PrivateFile(place()).read()).rejects.toBeInstanceOf(TokenCacheUnavailable);
  };
  beforeEach(() => mkdir(path.dirname(place())));

  test('a FIFO is not waited for', async () => {
    await promisify(execFile)('mkfifo', [place()]);
    await readUnavailable('is not a file');
  });

  test('a folder is not read', async () => {
    await mkdir(place());
    await readUnavailable('is not a file');
  });

  test('a link is not followed, wherever it leads', async () => {
    await writeFile(path.join(folder, 'elsewhere'), 'text');
    for (const target of ['elsewhere', 'nowhere']) {
      await rm(place(), { force: true });
      await symlink(path.join(folder, target), place());
      await readUnavailable('is a symbolic link, and has to be a file');
    }
  });

  test('a file of gigabytes is not read', async () => {
    await writeFile(place(), '');
    await truncate(place(), 3 * 1024 ** 3);
    await readUnavailable('is too long (3221225472 bytes)');
  });

  test.runIf(process.getuid?.() === 0)('a file of another user is not read', async () => {
    await writeFile(place(), 'text');
    await chown(place(), 65_534, 65_534);
    await readUnavailable("is another user's");
  });

  test("a folder that is a link, or another user's, is not used and stays as it is", async () => {
    const real = path.join(folder, 'real');
    const link = path.join(folder, 'link');
    await mkdir(real, { mode: 0o755 });
    await symlink(real, link);
    const write = (to: string) => {
      const file = new PrivateFile(path.join(to, 'file'));
      return file.locked(signal, () => file.write('text'));
    };
    await expect(write(link)).rejects.toThrow(`${link} is a symbolic link, and has to be a folder`);
    if (process.getuid?.() === 0) {
      await chown(real, 65_534, 65_534);
      await expect(write(real)).rejects.toThrow(`${real} is another user's`);
    }
    expect(await readdir(real)).toEqual([]);
    expect((await stat(real)).mode & 0o777).toBe(0o755);
  });
});

test('a private file is read, replaced, set aside and removed while other processes look at it', async () => {
  const file = new PrivateFile(path.join(folder, 'file'));
  await file.write('one');
  using busy = refuseFiles(folder, ['readFile', 'rename', 'rm']);
  await file.write('two');
  expect(await file.read()).toBe('two');
  const aside = await file.setAside();
  expect(await readdir(folder)).toEqual([path.basename(aside)]);
  await new PrivateFile(aside).remove();
  expect(await readdir(folder)).toEqual([]);
  expect(new Set(busy.refused.map(each => each.split(' ')[0]))).toEqual(new Set(['readFile', 'rename', 'rm']));
});

describe('an account', () => {
  const adele = {
    environment: 'AzureCloud',
    homeAccountId: 'aaaa.72f988bf-86f1-41af-91ab-2d7cd011db47',
    username: 'adele@contoso.example',
    tenants: ['72f988bf-86f1-41af-91ab-2d7cd011db47', 'contoso.example'],
    tokens: '{}',
  };

  test.each([
    [{}, true],
    [{ environment: 'AzureCloud' }, true],
    [{ environment: 'AzureUSGovernment' }, false],
    [{ tenant: 'organizations' }, true],
    [{ tenant: 'common' }, true],
    [{ tenant: 'consumers' }, false],
    [{ tenant: '72F988BF-86F1-41AF-91AB-2D7CD011DB47' }, true],
    [{ tenant: 'Contoso.example' }, true],
    [{ tenant: 'fabrikam.example' }, false],
  ] as const)('fits what was asked: %o, %s', (options, expected) => {
    expect(fits(adele, userSignIn(options, false))).toBe(expected);
  });

  test('of a person fits where persons were asked for', () => {
    // The tenant of personal accounts, as the identity platform's documentation gives it.
    const person = { ...adele, homeAccountId: 'bbbb.9188040d-6c67-4c5b-b112-36a304b66dad' };
    expect(fits(person, userSignIn({ tenant: 'consumers' }, false))).toBe(true);
    expect(fits(person, userSignIn({}, false))).toBe(false);
  });
});

test.runIf(process.platform === 'linux')('the folder is where the XDG Base Directory Specification says', () => {
  expect(tokenCacheFolder({ XDG_DATA_HOME: '/data' })).toBe('/data/SecMgmt');
  expect(tokenCacheFolder({ XDG_DATA_HOME: 'data' })).toMatch(/\/\.local\/share\/SecMgmt$/);
});

test('the keyring is loaded from beside the core alone', async () => {
  // The package is installed for this project, but not beside this file.
  await expect(keyringKeyGuard().read(signal)).rejects.toThrow(/is not installed beside the core/);
});
