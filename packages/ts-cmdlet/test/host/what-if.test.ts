import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';

// Under -WhatIf nothing happens, whatever the handler does. Remove-ProbeMarker removes files by a handler of one form or
// another; what it removed is what is gone.

const names = ['doomed-a', 'doomed-b'];
const file = (name: string) => path.join(module.scratch, name);
const left = async () => (await readdir(module.scratch)).filter(name => name.startsWith('doomed')).sort();
const records = () => names.map(name => quote(file(name))).join(', ');

beforeEach(() => Promise.all(names.map(name => writeFile(file(name), ''))));
afterEach(() => Promise.all(names.map(name => rm(file(name), { force: true }))));

/** What a pipeline of both files shows; of an error its id. */
async function remove(options: string, before = ''): Promise<string> {
  const script = `& { ${before}; try { ${records()} | Remove-ProbeMarker ${options} } catch { $_.FullyQualifiedErrorId } }`;
  return (await shell.show(script)).replaceAll(/\s+/g, ' ').trim();
}

const told = () =>
  names.map(name => `What if: Performing the operation "Remove a marker" on target "${file(name)}".`).join(' ');

describe('a handler that does not ask where -Force is given removes nothing', () => {
  test.each([
    ['under -Force -WhatIf', '-Force -WhatIf', ''],
    ['under -Force and $WhatIfPreference', '-Force', '$WhatIfPreference = $true'],
    ['under -WhatIf', '-WhatIf', ''],
    ['without -WhatIf: its author meets the error first', '-Force', ''],
  ])('%s, and the call is an error', async (_name, options, before) => {
    expect(await remove(`-Handler Obvious ${options}`, before)).toBe('PlanNotPreviewable,Remove-ProbeMarker');
    expect(await left()).toEqual(names);
  });
});

test("under -WhatIf a plan's question is told, and neither run nor end is called", async () => {
  expect(await remove('-Handler Confirm -Force -WhatIf')).toBe(told());
  expect(await remove('-Handler Confirm -Force', '$WhatIfPreference = $true')).toBe(told());
  expect(await left()).toEqual(names);
  expect(await remove('-Handler Confirm -WhatIf:$false', '$WhatIfPreference = $true')).toBe('ended');
  expect(await left()).toEqual([]);
});

test('a plan that runs under -WhatIf asks for each thing, and its end is called', async () => {
  expect(await remove('-Handler Each -Force -WhatIf')).toBe(`${told()} ended`);
  expect(await left()).toEqual(names);
  expect(await remove('-Handler Each -Force')).toBe('ended');
  expect(await left()).toEqual([]);
});

test('a pipeline without a record ends only where this is no preview', async () => {
  const script = (options: string) => `@() | Remove-ProbeMarker -Handler Each ${options}`;
  expect((await shell.show(script('-WhatIf'))).trim()).toBe('');
  expect((await shell.show(script(''))).trim()).toBe('ended');
});
