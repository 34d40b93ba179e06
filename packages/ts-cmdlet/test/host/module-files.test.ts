import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whileChanged } from '../support/changed-file.ts';
import { faultOf } from './fault.ts';
import { module, shell } from './probe/probe-shell.ts';

// Files of the module are missing or changed, as after an installation that was broken off: the call that needs them is one
// error that leads to installing the module again, and once they are there, the next call of the session works.

beforeEach(() => shell.run(Type.Null(), `Import-Module ${quote(module.manifest)}`));
afterEach(() => shell.run(Type.Null(), 'Remove-Module HostProbe'));

const call = 'Test-Probe Load';

/**
 * Makes a call, which must fail, while a file is not what was built: `undefined` is no file at all. Then, with the file in
 * its place and after `again`, it makes one that must work.
 */
async function changedFault(file: string, change: (built: string) => string | undefined, again = '') {
  const fault = await whileChanged(file, change, () => faultOf(shell, call));
  expect(await shell.run(Type.String(), `${again}; ${call}`)).toEqual(['loaded']);
  return fault;
}

const core = () => path.join(module.folder, 'core', 'core.mjs');
const half = (built: string) => built.slice(0, built.length / 2);

test('a core that is missing is told by its path', async () => {
  expect(await changedFault(core(), () => undefined)).toEqual({
    id: 'CoreMissing,Test-Probe',
    message: `The core of HostProbe is missing: there is no file ${core()}.`,
    action: expect.stringMatching(/^Install the module again;/),
    printed: '',
    errors: 1,
  });
});

test.each([
  // Where the half ends decides which error it is.
  ['half of it', half, 1, 'Error: '],
  ['something else', () => 'this is no JavaScript', 1, 'SyntaxError'],
  ['without what it imports', (built: string) => `import './gone.mjs';${built}`, 1, 'ERR_MODULE_NOT_FOUND'],
  ['empty', () => '', 0, ''],
])(
  'a core that is %s is told as one that ends, and what Node.js says of it is kept',
  async (_name, change, code, printed) => {
    expect(await changedFault(core(), change)).toEqual({
      id: 'CoreEnded,Test-Probe',
      message: expect.stringMatching(
        `^The call was not completed, because the core of HostProbe failed: it ended before it answered \\(exit code ${code}\\)${printed && ': .*Error.*'}\\.$`,
      ),
      action: expect.stringMatching(/^Call the cmdlet again: .* incomplete or changed: install it again, /),
      printed: expect.stringContaining(printed),
      errors: 1,
    });
  },
);

const killCore = '$core = Get-Process -Id (Test-Probe Process).Id; $core.Kill(); $core.WaitForExit()';

describe('a module that is on the disk no more, while its core runs,', () => {
  test('works, and what it lacks is one error that tells to install it again', async () => {
    const folder = path.join(module.scratch, 'removed', 'HostProbe');
    await cp(module.folder, folder, { recursive: true });
    await shell.run(
      Type.Null(),
      `Remove-Module HostProbe; Import-Module ${quote(path.join(folder, 'HostProbe.psd1'))}; $null = Test-Probe Print`,
    );
    await rm(folder, { recursive: true });
    expect(await shell.run(Type.String(), 'Test-Probe Print; Copy-ProbeValue x')).toEqual(['still here', 'x']);
    expect(await faultOf(shell, call)).toMatchObject({
      id: 'ModuleIncomplete,Test-Probe',
      action: expect.stringContaining('install it again'),
    });
    expect(await faultOf(shell, `& { ${killCore}; Test-Probe Print 3>$null }`)).toMatchObject({
      id: 'CoreMissing,Test-Probe',
      action: expect.stringContaining('Install the module again'),
    });
  });
});

test('a module that is updated while its core runs works on, and then with its new core or by Import-Module -Force', async () => {
  const folder = path.join(module.scratch, 'updated', 'HostProbe');
  await cp(module.folder, folder, { recursive: true });
  const load = `Import-Module ${quote(path.join(folder, 'HostProbe.psd1'))} -Force`;
  await shell.run(Type.Null(), `Remove-Module HostProbe; ${load}; $null = Test-Probe Print`);
  // A version that speaks another protocol.
  const fakes = path.join(import.meta.dirname, 'fake-cores');
  await cp(path.join(fakes, 'connection.mjs'), path.join(folder, 'core', 'connection.mjs'));
  await writeFile(
    path.join(folder, 'core', 'core.mjs'),
    "import { sayReady } from './connection.mjs'; sayReady({ protocolVersion: 99 });",
  );
  expect(await shell.run(Type.String(), 'Test-Probe Print')).toEqual(['still here']);
  const fault = await faultOf(shell, `& { ${killCore}; Test-Probe Print 3>$null }`);
  expect(fault).toMatchObject({
    id: 'CoreProtocolFault,Test-Probe',
    message: expect.stringContaining("speaks version '99'"),
    action: expect.stringContaining('start a new session'),
  });
  await cp(module.folder, folder, { recursive: true, force: true });
  expect(await shell.run(Type.String(), `${load}; ${call}`)).toEqual(['loaded']);
});

describe("the host's assembly", () => {
  const assembly = () => path.join(module.folder, 'core', 'TsCmdlet.Host.dll');

  test.each([
    ['missing', () => undefined, 'Could not find file'],
    ['cut off', half, 'Bad IL|bad IL|Format|format'],
    ['something else', () => 'this is no assembly', 'Bad IL|bad IL|Format|format'],
  ])('that is %s ends the import', async (_name, change, reason) => {
    await shell.run(Type.Null(), 'Remove-Module HostProbe');
    const importAgain = `Import-Module ${quote(module.manifest)}`;
    expect(await whileChanged(assembly(), change, () => faultOf(shell, importAgain))).toEqual({
      id: 'ModuleIncomplete,Microsoft.PowerShell.Commands.ImportModuleCommand',
      message: expect.stringMatching(
        `^The import could not load a part of the module, .*TsCmdlet.Host.dll: .*(${reason})`,
      ),
      action: 'The files of the module are incomplete or were changed: install it again, then start a new session.',
      printed: '',
      errors: 1,
    });
    expect(await shell.run(Type.String(), `${importAgain}; ${call}`)).toEqual(['loaded']);
  });

  test('that is gone or another one since the import is not missed by a call', async () => {
    const callNow = () => shell.run(Type.String(), call);
    expect(await whileChanged(assembly(), () => undefined, callNow)).toEqual(['loaded']);
    expect(await whileChanged(assembly(), half, callNow)).toEqual(['loaded']);
  });
});

describe('a script that the core loads when it is needed', () => {
  async function lateFault(change: (built: string) => string | undefined, again = '') {
    const names = await readdir(path.dirname(core()));
    const [name = ''] = names.filter(each => each.startsWith('loaded-late-'));
    const [before] = await shell.run(Type.Integer(), coreId);
    const fault = await changedFault(path.join(path.dirname(core()), name), change, again);
    const [after] = await shell.run(Type.Integer(), coreId);
    return { fault, isSameCore: before === after };
  }

  const coreId = '(Test-Probe Process).Id';
  const faultWith = (reason: string) => ({
    id: 'ModuleIncomplete,Test-Probe',
    message: expect.stringMatching(`^Test-Probe could not load a part of its module: .*${reason}`),
    action: 'The files of the module are incomplete or were changed: install it again, then start a new session.',
    printed: '',
    errors: 1,
  });

  test.each([
    ['missing', () => undefined, 'Cannot find module'],
    ['cut off', (built: string) => built.trimEnd().slice(0, -2), 'Unexpected end of input'],
  ])('and that is %s ends the call alone', async (_name, change, reason) => {
    expect(await lateFault(change)).toEqual({ fault: faultWith(reason), isSameCore: true });
  });

  test('and that is of another version ends the call, and a core that has seen it keeps it', async () => {
    const change = (built: string) => `import { gone } from 'node:fs';${built}`;
    const again = `Import-Module ${quote(module.manifest)} -Force`;
    const fault = faultWith("export named 'gone'");
    expect(await lateFault(change, again)).toEqual({ fault, isSameCore: false });
  });
});
