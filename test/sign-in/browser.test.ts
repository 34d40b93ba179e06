import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SystemBrowser, startSystemBrowser } from '../support/system-browser.ts';
import { Context, expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// The interactive sign-in with a real browser, and where there is none. What opens the system browser is a program on
// Linux alone, so that is where the test can stand in for it.

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

let entra: Entra;
let user: User;

beforeAll(async () => {
  entra = await startEntra();
  entra.settings.deviceCodeInterval = 1;
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  user = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
});

afterAll(async () => {
  expectNoSecrets(entra);
  expect(entra.failures).toEqual([]);
  await entra?.[Symbol.asyncDispose]();
});

describe.skipIf(process.platform !== 'linux' || (chromiumPath === undefined && !process.env.CI))('a person', () => {
  let systemBrowser: SystemBrowser;
  let shell: SignInShell;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if (chromiumPath === undefined) throw new Error('There is no Chromium: install the package chromium.');
    systemBrowser = await startSystemBrowser();
    shell = await startSignInShell(entra, systemBrowser.environment);
    browser = await chromium.launch({
      executablePath: chromiumPath,
      // The CA of the tests is known to this browser alone, by its key.
      args: ['--no-sandbox', `--ignore-certificate-errors-spki-list=${entra.caPublicKeyHash}`],
      // Playwright would send loopback through the proxy as well.
      proxy: { server: entra.proxyUrl, bypass: 'localhost' },
    });
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await shell?.[Symbol.asyncDispose]();
    await systemBrowser?.[Symbol.asyncDispose]();
  });

  /** Connects, while a person does something on the page that was opened. */
  async function connectWith(person: (page: Page) => Promise<void>) {
    const acting = systemBrowser.nextPage().then(async url => {
      await page.goto(url);
      await person(page);
      await page.waitForURL(/^http:\/\/localhost:/);
      return page.textContent('body');
    });
    const [recorded, shown] = await Promise.all([shell.record('Connect-SecMgmtAccount'), acting]);
    return { recorded, shown };
  }

  test('signs in with name and password, and is told so in both windows', async () => {
    const { recorded, shown } = await connectWith(async page => {
      await page.fill('#login', user.userPrincipalName);
      await page.fill('#passwd', user.password);
      await page.click('#sign-in');
    });
    expect(Value.Parse(Context, recorded.output).Account.ObjectId).toBe(user.objectId);
    expect(shown).toContain(`You are signed in as ${user.userPrincipalName}.`);
    expect(await page.title()).toBe('Signed in');
    expect(new URL(page.url()).search).toBe('');
  });

  test('who is blocked is told so in both windows', async () => {
    await page.context().clearCookies();
    const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
    const blocked = entra.directory.addUser({
      tenantId,
      userPrincipalName: 'isaiah@contoso.example',
      blockedBy: 53003,
    });
    const { recorded, shown } = await connectWith(async page => {
      await page.fill('#login', blocked.userPrincipalName);
      await page.fill('#passwd', blocked.password);
      await page.click('#sign-in');
    });
    expect(recorded.error.id).toBe('ConditionalAccessBlocked,Connect-SecMgmtAccount');
    expect(shown).toContain('Not signed in');
  });
});

describe.skipIf(process.platform !== 'linux')('where no browser can be opened', () => {
  async function expectDeviceCode(environment: Record<string, string>, reason: string): Promise<void> {
    await using shell = await startSignInShell(entra, environment);
    const person = entra.nextDeviceCode().then(({ userCode }) => entra.approveDevice(userCode, user));
    const [recorded] = await Promise.all([shell.record('Connect-SecMgmtAccount'), person]);
    expect(Value.Parse(Context, recorded.output).Account.Identifier).toBe(user.userPrincipalName);
    const [why, code] = recorded.texts('warning');
    expect(why).toContain(reason);
    expect(why).toContain('device code');
    expect(code).toContain('https://microsoft.com/devicelogin');
  }

  test('because the session has no display, a device code is used, and that is said', async () => {
    await expectDeviceCode({}, 'no display');
  });

  test('because what opens it fails, a device code is used, and that is said', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'opener-'));
    try {
      await writeFile(path.join(folder, 'xdg-open'), '#!/bin/sh\nexit 3\n');
      await chmod(path.join(folder, 'xdg-open'), 0o755);
      const PATH = [folder, process.env.PATH].join(path.delimiter);
      await expectDeviceCode({ DISPLAY: ':0', PATH }, 'failed (3)');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
