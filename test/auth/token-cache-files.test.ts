import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import fs, {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refuseFiles } from '../../packages/ts-cmdlet/test/support/refused-files.ts';
import { userSignIn } from '../../src/auth/sign-in-request.ts';
import { fits } from '../../src/auth/token-cache/account.ts';
import { tokenCacheFolder } from '../../src/auth/token-cache/folder.ts';
import { TokenCacheUnavailable } from '../../src/auth/token-cache/guard.ts';
import { TokenCache } from '../../src/auth/token-cache/token-cache.ts';
import { VersionedFile } from '../../src/auth/token-cache/versioned-file.ts';
import { keyringKeyGuard } from '../../src/cmdlets/keyring-key-guard.ts';
import { recordedCall } from './in-process.ts';

// The parts of the token cache that need no sign-in.

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cache-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a versioned file', () => {
  const place = () => path.join(folder, 'SecMgmt');
  const file = () => new VersionedFile(place(), 'file');
  /** Changes the file as another session does. */
  const publish = async (text: string | undefined) =>
    expect(await file().replace(await file().read(), text)).toBe(true);

  test('loses no change of processes that change it at once, and leaves its newest version alone', async () => {
    const workers = Array.from({ length: 8 }, () =>
      fork(path.join(import.meta.dirname, 'token-cache-counter.ts'), [folder, '20']),
    );
    const codes = await Promise.all(workers.map(async worker => (await once(worker, 'exit'))[0]));
    expect(codes).toEqual(Array(8).fill(0));
    expect(await new VersionedFile(folder, 'counter').read()).toMatchObject({ number: 160, text: '160' });
    expect(await readdir(folder)).toEqual(['counter.160']);
  });

  test('does not take a change to what another session has changed since', async () => {
    await publish('one');
    const seen = await file().read();
    await publish('two');
    expect(await file().replace(seen, 'late')).toBe(false);
    expect((await file().read()).text).toBe('two');
  });

  test.each([
    ['changed', 'three'],
    ['emptied', undefined],
  ])('does not take the change of a session that was suspended while others %s it', async (_name, last) => {
    await publish('one');
    const seen = await file().read();
    await publish('two');
    // The number after the one that was seen is free again.
    await publish(last);
    expect(await readdir(place())).toEqual(['file.3']);
    expect(await file().replace(seen, 'late')).toBe(false);
    expect((await file().read()).text).toBe(last);
    expect(await readdir(place())).toEqual(['file.3']);
  });

  test('has taken a change that another session has built on before the first one looks', async () => {
    const { link } = fs;
    const relay = async (...names: Parameters<typeof link>) => {
      await link(...names);
      if (!String(names[1]).endsWith('file.1')) return;
      Object.assign(fs, { link });
      syncBuiltinESMExports();
      await publish('second');
    };
    Object.assign(fs, { link: relay });
    syncBuiltinESMExports();
    expect(await file().replace(await file().read(), 'first')).toBe(true);
    expect(await file().read()).toMatchObject({ number: 2, text: 'second' });
  });

  test('removes what killed sessions have left, and leaves what others are about to publish', async () => {
    await publish('one');
    const hours = new Date(Date.now() - 2 * 3_600_000);
    for (const name of ['file.old.tmp', 'file.new.tmp', 'other.tmp']) await writeFile(path.join(place(), name), '');
    for (const name of ['file.old.tmp', 'other.tmp']) await utimes(path.join(place(), name), hours, hours);
    await publish('two');
    expect((await readdir(place())).sort()).toEqual(['file.2', 'file.new.tmp', 'other.tmp']);
  });

  test('is kept beside where it is set aside, and is empty then', async () => {
    await publish('unusable');
    const aside = await file().setAside(await file().read());
    expect((await file().read()).text).toBeUndefined();
    expect(await readFile(aside, 'utf8')).toMatch(/unusable$/);
    expect((await readdir(place())).sort()).toEqual([path.basename(aside), 'file.2'].sort());
  });

  test('is read, changed and set aside while other processes look at it', async () => {
    await publish('one');
    using busy = refuseFiles(folder, ['readFile', 'link', 'open', 'rm']);
    await publish('two');
    await file().setAside(await file().read());
    expect((await file().read()).text).toBeUndefined();
    expect(new Set(busy.refused.map(each => each.split(' ')[0]))).toEqual(new Set(['readFile', 'link', 'open', 'rm']));
  });

  test('that this user may not write is an error that says so, and stays as it was', async () => {
    await publish('one');
    using _refused = refuseFiles(folder, ['open'], { times: Number.POSITIVE_INFINITY, codes: ['EACCES'] });
    await expect(file().replace(await file().read(), 'two')).rejects.toThrow(/file\.2 cannot be written \(EACCES/);
    expect(await readdir(place())).toEqual(['file.1']);
  });

  test.skipIf(process.platform === 'win32')(
    'is for this user alone, in a folder that was open before too',
    async () => {
      await mkdir(place());
      await chmod(place(), 0o755);
      await publish('text');
      expect((await stat(place())).mode & 0o777).toBe(0o700);
      expect((await stat(file().pathOf(1))).mode & 0o777).toBe(0o600);
    },
  );
});

describe.skipIf(process.platform === 'win32')('in the place of a versioned file', () => {
  const file = () => new VersionedFile(path.join(folder, 'SecMgmt'), 'file');
  const place = () => file().pathOf(1);
  const readUnavailable = async (reason: string) => {
    await expect(file().read()).rejects.toThrow(`${place()} ${reason}`);
    await expect(file().read()).rejects.toBeInstanceOf(TokenCacheUnavailable);
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
    const write = (to: string) =>
      new VersionedFile(to, 'file').replace({ number: 0, text: undefined, ids: [] }, 'text');
    await expect(write(link)).rejects.toThrow(`${link} is a symbolic link, and has to be a folder`);
    if (process.getuid?.() === 0) {
      await chown(real, 65_534, 65_534);
      await expect(write(real)).rejects.toThrow(`${real} is another user's`);
    }
    expect(await readdir(real)).toEqual([]);
    expect((await stat(real)).mode & 0o777).toBe(0o755);
  });
});

describe('the accounts of several sessions', () => {
  /** Keeps keys as a platform's guard does. */
  const keys = new Map<string, Buffer>();
  const keyGuard = {
    read: async (id: string) => keys.get(id),
    write: async (id: string, key: Buffer) => void keys.set(id, key),
    remove: async (id: string) => void keys.delete(id),
  };
  const accountOf = (name: string) => ({
    environment: 'AzureCloud',
    homeAccountId: name,
    username: `${name}@contoso.example`,
    tenants: ['contoso.example'],
    tokens: '{}',
  });
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

  beforeEach(() => {
    for (const name of ['XDG_DATA_HOME', 'HOME', 'LOCALAPPDATA']) vi.stubEnv(name, folder);
  });
  afterEach(() => vi.unstubAllEnvs());

  test('that make the first key at once are all kept, by one key, which goes with the last of them', async () => {
    const session = () => new TokenCache(() => ({ ...recordedCall(), keyGuard }));
    const sessions = names.map(session);
    await Promise.all(names.map((name, index) => sessions[index]?.update(accounts => [...accounts, accountOf(name)])));
    const stored = await session().accounts();
    expect(stored.map(({ homeAccountId }) => homeAccountId).sort()).toEqual(names);
    expect(keys.size).toBe(1);

    await Promise.all(
      names.map((name, index) => sessions[index]?.remove(({ homeAccountId }) => homeAccountId === name)),
    );
    expect(await session().accounts()).toEqual([]);
    expect(keys.size).toBe(0);
  });
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
  await expect(keyringKeyGuard().read('0123456789abcdef', signal)).rejects.toThrow(/is not installed beside the core/);
});
