import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { modulesFolder } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

const module = path.join(modulesFolder, 'SecMgmt');

test('a module has one manifest at its top, since Publish-PSResource takes the first that is listed', async () => {
  expect((await readdir(module)).filter(name => name.endsWith('.psd1'))).toEqual(['SecMgmt.psd1']);
});

// On Windows no environment variable says where the repositories are kept and where a user's modules go.
test.skipIf(process.platform === 'win32')(
  'a module is published to a folder, found there, installed, imported by its name, and works',
  async () => {
    const home = await realpath(await mkdtemp(path.join(tmpdir(), 'publish-')));
    // .NET looks whether they exist, and PSResourceGet writes into the current directory where they do not.
    const folders = {
      TMPDIR: path.join(home, 'tmp'),
      XDG_CACHE_HOME: path.join(home, '.cache'),
      XDG_CONFIG_HOME: path.join(home, '.config'),
      XDG_DATA_HOME: path.join(home, '.local', 'share'),
    };
    for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
    try {
      await using shell = await startShell(undefined, { ...folders, HOME: home, PSModulePath: '' });
      const id = '72f988bf-86f1-41af-91ab-2d7cd011db47';
      const claims = { tid: id, oid: id, aud: 'https://graph.microsoft.com', exp: Date.now() };
      const found = await shell.run(
        Type.Object({ Name: Type.String(), Version: Type.String(), Author: Type.String() }),
        `$repository = [System.IO.Directory]::CreateDirectory(${quote(path.join(home, 'repository'))}).FullName
        Register-PSResourceRepository -Name Folder -Uri $repository -Trusted
        Publish-PSResource -Path ${quote(module)} -Repository Folder
        Find-PSResource -Name SecMgmt -Repository Folder | Select-Object Name, @{ n = 'Version'; e = { "$($_.Version)" } }, Author`,
      );
      expect(found).toEqual([{ Name: 'SecMgmt', Version: '0.1.0', Author: 'SecMgmt contributors' }]);
      const base = await shell.run(
        Type.String(),
        `Install-PSResource -Name SecMgmt -Repository Folder
        (Import-Module SecMgmt -PassThru).ModuleBase`,
      );
      expect(base).toEqual([expect.stringMatching(`^${home}/.*/Modules/SecMgmt/0\\.1\\.0$`)]);
      const shown = await shell.show(`Connect-SecMgmtAccount -AccessToken ${unsignedToken(claims)} | Out-Default`);
      expect(shown).toMatch(/^\s*Account +Environment +TenantId\s*$/m);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
);
