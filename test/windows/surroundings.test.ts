import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from '../../packages/ts-cmdlet/test/host/probe/probe-module.ts';
import { noteIn } from '../../packages/ts-cmdlet/test/host/processes.ts';
import { isWineInstalled, toWindowsPath } from '../../scripts/windows/wine.ts';
import { startWindows, type Windows } from './windows.ts';

// Where a module is, and where Node.js is, on Windows.

describe.skipIf(!isWineInstalled())('on Windows', () => {
  let windows: Windows;
  let module: ProbeModule;

  beforeAll(async () => {
    [windows, module] = await Promise.all([startWindows(), makeProbeModule()]);
  });

  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]();
    await module?.[Symbol.asyncDispose]();
  });

  const scratch = (name: string) => path.join(module.scratch, name);
  const load = (folder = module.folder) => `Import-Module ${quote(toWindowsPath(path.join(folder, 'HostProbe.psd1')))}`;

  /** Copies the module into a folder of its own. */
  async function copyModule(...names: string[]): Promise<string> {
    const folder = path.join(module.scratch, ...names, 'HostProbe');
    await cp(module.folder, folder, { recursive: true });
    return folder;
  }

  // It could not be if the core's current directory were the module's folder.
  test('a module can be removed from the disk while its core runs', async () => {
    const folder = await copyModule('removed');
    const script = `${load(folder)}; $null = Test-Probe Process
      [System.IO.Directory]::Delete(${quote(toWindowsPath(folder))}, $true)`;
    await windows.run(Type.Unknown(), script);
  });

  // CreateProcess takes no current directory beyond 260 characters.
  test('a module in a folder of more than 260 characters works', async () => {
    const folder = await copyModule(...Array(4).fill('x'.repeat(70)));
    expect(await windows.run(Type.String(), `${load(folder)}; Test-Probe Print`)).toEqual(['still here']);
  });

  // Windows takes both, and programs put such entries there.
  test.each([
    ['in quotes', (folder: string) => `"${folder}"`],
    ['padded', (folder: string) => ` ${folder} `],
  ])('Node.js is found by an entry of the PATH that is %s', async (_name, change) => {
    const folder = change(path.win32.dirname(windows.node));
    const script = `$env:PATH = ${quote(folder)}; ${load()}; Test-Probe Print`;
    expect(await windows.run(Type.String(), script)).toEqual(['still here']);
  });

  test('a shell that is killed leaves no core, though a shim started it whose handler blocks', async () => {
    const shim = scratch('node.cmd');
    await writeFile(shim, `@"${windows.node}" %*\r\n`);
    const note = scratch('blocked');
    const shell = await windows.start(
      `$env:HOSTPROBE_NODE = ${quote(toWindowsPath(shim))}; ${load()}; Test-Probe Block -Path ${quote(toWindowsPath(note))}`,
    );
    await noteIn(note);
    await shell.kill();
    await shell.ended;
    await windows.allEnded(20);
  });
});
