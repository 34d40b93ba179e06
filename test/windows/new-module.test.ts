import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../packages/ts-cmdlet/test/cli/command.ts';
import { isWineInstalled, toWindowsPath } from '../../scripts/windows/wine.ts';
import { startWindows, type Windows } from './windows.ts';

// A module that `ts-cmdlet new` makes on Linux, in pwsh.exe. That `ts-cmdlet build` gives the same bytes on Windows was seen
// by hand under Wine 10: esbuild and TypeScript 7 are written in Go, whose runtime wants a library (bcryptprimitives.dll)
// that Wine 8 does not have.

describe.skipIf(!isWineInstalled())('on Windows', () => {
  let windows: Windows;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-windows-'));
    windows = await startWindows();
  });

  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  test('a new module works: its cmdlet, its error and its help', async () => {
    const { stderr } = await runCommand(['new', 'Contoso.Tools'], folder);
    expect(stderr).toBe('');
    const manifest = path.join(folder, 'Contoso.Tools', 'module', 'Contoso.Tools', 'Contoso.Tools.psd1');
    const script = `Import-Module ${quote(toWindowsPath(manifest))}
      ('Ada', 'Grace' | Get-ContosoToolsGreeting -Language French).Text
      try { Get-ContosoToolsGreeting ' ' -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
      (Get-Help Get-ContosoToolsGreeting).Synopsis`;
    expect(await windows.run(Type.String(), script)).toEqual([
      'Bonjour, Ada!',
      'Bonjour, Grace!',
      'BlankName,Get-ContosoToolsGreeting',
      'Gets a greeting for each name.',
    ]);
  });
});
