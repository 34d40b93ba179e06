import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { User } from 'fake-entra/directory';
import { PageVisitor } from 'fake-entra/page-visitor';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBrowser } from '../../src/auth/flows/browser.ts';
import { userSignIn } from '../../src/auth/sign-in-request.ts';
import { type InProcess, type RecordedCall, recordedCall, startInProcess } from './in-process.ts';

// The person who waits for a browser: whichever program opens it, however late it fails, the sign-in goes on.

let authority: InProcess;
let user: User;
let folder: string;

beforeAll(async () => {
  authority = await startInProcess();
  const { directory } = authority.entra;
  user = directory.addUser({
    tenantId: directory.tenantOf('AzureCloud').id,
    userPrincipalName: 'adele@contoso.example',
  });
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'opener-'));
});

afterEach(async () => {
  vi.stubEnv('BROWSER', 'true');
  await rm(folder, { recursive: true, force: true });
  expect(authority.entra.failures).toEqual([]);
});

afterAll(() => authority?.[Symbol.asyncDispose]());

/** Makes a program that does this; gives its path. */
async function program(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

async function visit(call: RecordedCall): Promise<void> {
  await using visitor = new PageVisitor(authority.entra);
  await visitor.signIn(await call.page, user);
}

describe('The sign-in page', () => {
  test('is told in the verbose stream, with what to do where there is no browser', async () => {
    const call = recordedCall();
    const [connection] = await Promise.all([authority.signIn(userSignIn({}, false), call), visit(call)]);
    expect(connection.context.account.identifier).toBe(user.userPrincipalName);
    const page = new URL(await call.page);
    expect(page.origin + page.pathname).toBe('https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize');
    expect(call.told.join('\n')).toContain('-UseDeviceAuthentication');
    expect(call.announced).toEqual([`Signed in as ${user.userPrincipalName} in tenant ${user.tenantId}.`]);
  });
});

describe('The progress record of a sign-in', () => {
  test('has an address that leads to the sign-in page, short enough for a terminal of 80 columns', async () => {
    const call = recordedCall();
    const signedIn = authority.signIn(userSignIn({}, false), call);
    const page = await call.page;
    const [shown = ''] = call.shown;
    const [address = ''] = /http:\S+/.exec(shown) ?? [];
    expect(shown.indexOf(address) + address.length).toBeLessThan(80);
    for (const _ of ['another browser', 'one more']) {
      expect((await fetch(address, { redirect: 'manual' })).headers.get('location')).toBe(page);
    }
    await using visitor = new PageVisitor(authority.entra);
    await visitor.signIn(address, user);
    expect((await signedIn).context.account.objectId).toBe(user.objectId);
  });
});

describe.skipIf(process.platform === 'win32')('An opener', () => {
  test('has an address on its command line that leads to the sign-in page once', async () => {
    const told = path.join(folder, 'told');
    const pipe = path.join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    vi.stubEnv('BROWSER', await program('browser', `printf %s "$1" > '${told}'; read -r line < '${pipe}'; exit 0`));
    const call = recordedCall();
    const signedIn = authority.signIn(userSignIn({}, false), call);
    await call.page;
    // The opener has told the address when it reads.
    await writeFile(pipe, 'done\n');
    const address = await readFile(told, 'utf8');
    expect(address).toMatch(/^http:\/\/localhost:8[4-9]\d\d\/[\w-]+$/);
    await using visitor = new PageVisitor(authority.entra);
    await visitor.signIn(address, user);
    expect((await signedIn).context.account.objectId).toBe(user.objectId);
  });

  test('that fails after a long time is noticed then, and a device code is used', async () => {
    const pipe = path.join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    vi.stubEnv('BROWSER', await program('late', `read -r line < '${pipe}'; exit 3`));
    const call = recordedCall();
    const signedIn = authority.signIn(userSignIn({}, false), call);
    const approved = authority.entra
      .nextDeviceCode()
      .then(({ userCode }) => authority.entra.approveDevice(userCode, user));
    await call.page;
    // Later than the first second, after which no opener was watched.
    await vi.waitFor(() => expect(call.shown.length).toBeGreaterThan(2), { timeout: 10_000 });
    expect(call.announced).toEqual([]);
    await writeFile(pipe, 'fail\n');
    expect((await signedIn).context.account.objectId).toBe(user.objectId);
    await approved;
    expect(call.warned).toEqual([
      "No browser can be opened here (the browser's opener failed (3)), so a device code is used instead.",
    ]);
    expect(call.announced[0]).toContain('enter the code');
  });
});

describe.skipIf(process.platform === 'win32')('$BROWSER', () => {
  const url = 'https://login.example/authorize?a=b&c=d%20e';

  /** Has the browsers of `names` write what they are given into a file; gives the text for `$BROWSER`. */
  const told = () => path.join(folder, 'told');
  const teller = (name: string) => program(name, `printf '%s|' "$0" "$@" > '${told()}'`);

  test.each([
    ['a program', (file: string) => file, () => [url]],
    ['a program with arguments', (file: string) => `${file} --new-window`, () => ['--new-window', url]],
    ['a place for the page', (file: string) => `${file} --app=%s --x`, () => [`--app=${url}`, '--x']],
    ['one that is not there first', (file: string) => `/nowhere/browser:${file}`, () => [url]],
  ])('may be %s', async (_what, command, args) => {
    const file = await teller('browser');
    expect(await openBrowser(url, { BROWSER: command(file) })).toBeUndefined();
    expect(await readFile(told(), 'utf8')).toBe([file, ...args(), ''].join('|'));
  });

  test('may be a path with blanks in it', async () => {
    const file = await teller('my browser');
    expect(await openBrowser(url, { BROWSER: file })).toBeUndefined();
    expect(await readFile(told(), 'utf8')).toBe([file, url, ''].join('|'));
  });

  test('that fails is told', async () => {
    expect(await openBrowser(url, { BROWSER: await program('browser', 'exit 4') })).toBe(
      "the browser's opener failed (4)",
    );
  });

  test.runIf(process.platform === 'linux')(
    'that is not there leaves a session without a display as it is',
    async () => {
      expect(await openBrowser(url, { BROWSER: '/nowhere/browser' })).toBe('this session has no display');
      expect(await openBrowser(url, { BROWSER: ' : ' })).toBe('this session has no display');
    },
  );
});
