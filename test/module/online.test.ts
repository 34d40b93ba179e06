import { readFile } from 'node:fs/promises';
import { startShell } from 'powershell-driver/session';
import { expect, test } from 'vitest';
import { manifest } from '../../scripts/own-module.ts';
import { helpFile } from '../support/module-folder.ts';
import { startSystemBrowser } from '../support/system-browser.ts';

// What opens the system browser is a program on Linux alone, so that is where the test can stand in for it.
test.runIf(process.platform === 'linux')('Get-Help -Online opens the page that the help names', async () => {
  const expected = /^online version: (\S+)$/m.exec(await readFile(helpFile, 'utf8'))?.[1];
  expect(expected).toMatch(/^https:/);
  await using browser = await startSystemBrowser();
  await using shell = await startShell(manifest, browser.environment);
  const [page] = await Promise.all([browser.nextPage(), shell.show('Get-Help Connect-SecMgmtAccount -Online')]);
  expect(page).toBe(expected);
});
