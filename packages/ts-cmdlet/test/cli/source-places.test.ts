import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultOf } from '../host/fault.ts';
import { runCommand } from './command.ts';
import { original } from './sample-project.ts';

// An author looks for a fault: a stack names a place in a file of the author's, and what ended a core is in the error.

const faults = `import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from 'failing';

export async function fault(name: string): Promise<void> {
  if (name === 'throw') throw new Error('look for me');
  if (name === 'package') fail();
  if (name === 'reject') void Promise.reject(new Error('the service said 503', { cause: new Error('overload') }));
  if (name === 'reject text') void Promise.reject('no \\u001b[2Jerror');
  if (name === 'timer') setTimeout(() => { throw new TypeError('the timer failed'); }, 1);
  if (name === 'print') console.error('Error: printed before');
  if (name === 'print') process.exit(3);
  if (name === 'later') setTimeout(() => { throw new RangeError('too late'); }, 100);
  if (name === 'later') throw new Error(String(process.pid));
  await sleep(10_000);
}
`;
const lineOf = (text: string) => faults.split('\n').findIndex(line => line.includes(text)) + 1;

let shell: TestShell;

beforeAll(async () => {
  await original.install('failing', {
    'index.js': "exports.fail = () => { throw new Error('of a package'); };",
    'index.d.ts': 'export declare function fail(): void;',
  });
  await writeFile(original.file('faults.ts'), faults);
  await original.edit('get-greeting.ts', 'import {', "import { fault } from './faults.ts';\nimport {");
  await original.edit(
    'get-greeting.ts',
    "if (name.trim() === '') {",
    "if (name !== 'Ada') await fault(name);\n      if (name.trim() === '') {",
  );
  expect(await runCommand(['build', 'Sample'], original.cwd)).toMatchObject({ code: 0, stderr: '' });
  shell = await startShell(original.file('module/Sample/Sample.psd1'));
});

afterAll(() => shell?.[Symbol.asyncDispose]());

const stackOf = async (name: string, inShell = shell) =>
  (
    await inShell.run(
      Type.String(),
      `& { try { Get-SampleGreeting '${name}' -Debug } catch { } } 5>&1 | ForEach-Object { "$_" }`,
    )
  ).join('\n');

describe('beside the project', () => {
  test('a stack has the places of the handlers, and those of the core for a package', async () => {
    const stack = await stackOf('throw');
    expect(stack).toMatch(/Error: look for me\n +at /);
    expect(stack).toContain(`(${original.file('faults.ts')}:${lineOf('look for me')}:`);
    expect(stack).toContain(`${original.file('get-greeting.ts')}:`);
    expect(stack).not.toContain('core/main');
    const ofPackage = await stackOf('package');
    expect(ofPackage).toMatch(/at .*fail.*\(file:\/\/.*\.mjs:\d+:\d+\)/);
    expect(ofPackage).toContain(`(${original.file('faults.ts')}:${lineOf('fail();')}:`);
  });

  test.each([
    ['a promise that is rejected and that nobody waits for', 'reject', 'exit code 1): Error: the service said 503'],
    ['one that is rejected with a text', 'reject text', "exit code 1): 'no \\x1B[2Jerror'"],
    ['a handler that ends it, whatever it printed before,', 'print', 'exit code 3)'],
    ['a timer that throws', 'timer', 'exit code 1): TypeError: the timer failed'],
  ])('%s ends the core, and the error has the reason', async (_what, name, reason) => {
    const fault = await faultOf(shell, `Get-SampleGreeting '${name}'`);
    expect(fault).toMatchObject({
      id: 'CoreEnded,Get-SampleGreeting',
      message: `The call was not completed, because the core of Sample failed: it ended before it answered (${reason}.`,
    });
    if (name === 'reject' || name === 'timer')
      expect(fault?.printed).toContain(`${original.file('faults.ts')}:${lineOf(`'${name}'`)}:`);
  });

  test('a core that ends between two calls has the reason in the warning', async () => {
    const script = `try { Get-SampleGreeting later } catch { $id = [int] ($_.ErrorDetails.Message -replace '^.*: ') }
      try { [System.Diagnostics.Process]::GetProcessById($id).WaitForExit() } catch [ArgumentException] { }
      (Get-SampleGreeting Ada -WarningVariable told -WarningAction SilentlyContinue).Text; "$told"`;
    expect(await shell.run(Type.String(), script)).toEqual([
      'Hello, Ada!',
      expect.stringContaining('ended between two calls (exit code 1: RangeError: too late). A new one'),
    ]);
  });
});

test('where the module is installed, a stack has the paths that the files have in the project', async () => {
  const place = path.join(original.cwd, 'installed', 'elsewhere', 'Sample');
  await cp(original.file('module/Sample'), place, { recursive: true });
  try {
    await using installed = await startShell(path.join(place, 'Sample.psd1'));
    expect(await stackOf('throw', installed)).toContain(`(faults.ts:${lineOf('look for me')}:`);
    for (const name of await readdir(path.join(place, 'core'))) {
      if (name.endsWith('.map')) await writeFile(path.join(place, 'core', name), 'no map');
    }
    expect(await stackOf('throw', installed)).toMatch(/Error: look for me\n +at .*\(file:.*\.mjs:\d+:\d+\)/);
  } finally {
    await rm(path.join(original.cwd, 'installed'), { recursive: true });
  }
});

test('no script names its map, which Node.js would read when it starts, and a map goes with its script', async () => {
  const core = original.file('module/Sample/core');
  const scripts = async () => (await readdir(core)).filter(name => /\.mjs(\.map)?$/.test(name)).sort();
  const before = await scripts();
  expect(before.filter(name => name.endsWith('.map'))).not.toEqual([]);
  for (const name of before)
    expect(await readFile(path.join(core, name), 'utf8')).not.toMatch(/^\/\/# sourceMappingURL/m);
  await writeFile(path.join(core, 'chunk-OLD.mjs.map'), '{}');
  expect(await runCommand(['build', 'Sample'], original.cwd)).toMatchObject({ code: 0 });
  expect(await scripts()).toEqual(before);
});
