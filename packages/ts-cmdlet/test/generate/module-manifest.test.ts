import { expect, test } from 'vitest';
import { listedFiles, moduleManifest } from '../../src/generate/module-manifest.ts';
import { commandHelp, moduleSettings } from '../support/help-models.ts';

test('exports by name, and quotes what the settings say', () => {
  const settings = moduleSettings({
    description: "It's $(exit)\nall widgets",
    tags: ['a', 'b'],
    licenseUri: 'https://example.com/licence',
  });
  const helps = [commandHelp('Get-Widget', []), commandHelp('Set-Widget', [])];
  const files = ['Widgets.psd1', 'Widgets.psm1'];
  expect(
    moduleManifest(helps, settings, files),
  ).toBe(`# Generated from help/*.md. Do not edit: change the help and run npm run build.

@{
    RootModule = 'Widgets.psm1'
    ModuleVersion = '1.2.3'
    GUID = '6f1ab3a6-6a3c-4a58-9d0c-1f0a4c2f7a11'
    Author = 'Somebody'
    Copyright = '(c) Somebody'
    Description = 'It''s $(exit)
all widgets'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FunctionsToExport = @('Get-Widget', 'Set-Widget')
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('a', 'b')
            LicenseUri = 'https://example.com/licence'
        }
        GeneratedFiles = @('Widgets.psd1', 'Widgets.psm1')
    }
}
`);
});

test('it names the files of views, the own one first, and none where there are none', () => {
  const views = [{ typeName: 'Widget', columns: [{ label: 'Name', property: 'Name' }] }];
  const text = moduleManifest([], moduleSettings({ views, formatFiles: ['a.format.ps1xml'] }), []);
  expect(text).toContain("    FormatsToProcess = @('Widgets.format.ps1xml', 'a.format.ps1xml')\n");
  expect(moduleManifest([], moduleSettings(), [])).not.toContain('ToProcess');
});

test('it tells what a build wrote, but neither a file elsewhere nor what another text says', () => {
  const settings = moduleSettings({ description: "All\n    GeneratedFiles = @('mine.txt')", licenseUri: 'https://x' });
  const written = ['Widgets.psd1', 'en-US/about_Widgets.help.txt', '../x.ps1'];
  const manifest = moduleManifest([commandHelp('Get-Widget', [])], settings, written);
  expect(listedFiles(manifest)).toEqual(['Widgets.psd1', 'en-US/about_Widgets.help.txt']);
  expect(listedFiles('@{}')).toEqual([]);
});
