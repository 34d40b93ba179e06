import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';

// `pathParameters` of the probe: Remove-ProbeMarker has a -Path with wildcards, New-ProbeFile a literal one. What a plan says is
// what -WhatIf shows.

const file = (name: string) => path.join(module.scratch, 'paths', name);
const left = async () => (await readdir(file(''))).sort();

beforeAll(async () => {
  await mkdir(file(''));
  await shell.run(
    Type.Null(),
    `$null = New-PSDrive -Name Probe -PSProvider FileSystem -Root ${quote(file(''))} -Scope Global; Set-Location ${quote(file(''))}`,
  );
});

beforeEach(() => Promise.all(['one', 'two', '[x]'].map(name => writeFile(file(name), ''))));

const shown = async (script: string) => (await shell.show(script)).replaceAll(/\s+/g, ' ').trim();
const remove = (name: string) => `What if: Performing the operation "Remove a marker" on target "${file(name)}".`;

describe('-WhatIf shows the full path', () => {
  test.each([
    ['of one that is relative', 'Remove-ProbeMarker one -Handler Confirm -WhatIf', 'one'],
    ['of one in a drive', 'Remove-ProbeMarker Probe:/two -Handler Confirm -WhatIf', 'two'],
    ['that a wildcard stands for', 'Remove-ProbeMarker Probe:/o* -Handler Confirm -WhatIf', 'one'],
    ['of a bracket that is escaped', "Remove-ProbeMarker './`[x`]' -Handler Confirm -WhatIf", '[x]'],
    ['of an item, by its text', '(Get-Item one).FullName | Remove-ProbeMarker -Handler Confirm -WhatIf', 'one'],
    ['of a provider', '"FileSystem::$(Get-Location)/one" | Remove-ProbeMarker -Handler Confirm -WhatIf', 'one'],
  ])('%s', async (_what, script, name) => {
    expect(await shown(script)).toBe(remove(name));
  });

  test('of one that is not there yet, whose wildcards are none', async () => {
    expect(await shown("New-ProbeFile 'new [1]*' -WhatIf")).toContain(`on target "${file('new [1]*')}".`);
  });
});

test('a handler acts on the full path', async () => {
  expect(await shell.run(Type.String(), "New-ProbeFile 'Probe:/made'")).toEqual([file('made')]);
  await shell.run(Type.Unknown(), "'made', 'o*' | Remove-ProbeMarker -Handler Confirm");
  expect(await left()).toEqual(['[x]', 'two']);
});

const errorOf = (script: string) =>
  shell.run(
    Type.String(),
    `$ErrorActionPreference = 'Continue'
  & { try { ${script}; 'went on' } catch { "thrown $($_.FullyQualifiedErrorId)" } } 2>&1 | ForEach-Object {
    if ($_ -is [System.Management.Automation.ErrorRecord]) { "written $($_.FullyQualifiedErrorId)" } else { "$_" } }`,
  );

test('a path that cannot be resolved ends the call, and where it is of a record, that record alone', async () => {
  expect(await errorOf('Remove-ProbeMarker gone -Handler Confirm')).toEqual(['thrown PathNotFound,Remove-ProbeMarker']);
  expect(await errorOf("'gone', 'one' | Remove-ProbeMarker -Handler Confirm")).toEqual([
    'written PathNotFound,Remove-ProbeMarker',
    'ended',
    'went on',
  ]);
  expect(await left()).toEqual(['[x]', 'two']);
});

test.each([
  ['several items for one path', "Remove-ProbeMarker '*o*' -Handler Confirm", 'PathNotSingle'],
  ['none for one path', "Remove-ProbeMarker 'zz*' -Handler Confirm", 'PathNotSingle'],
  ['a path of another provider', 'Remove-ProbeMarker Env:/PATH -Handler Confirm', 'PathNotInFileSystem'],
  ['one of another provider that is not there', 'New-ProbeFile Variable:/none', 'PathNotInFileSystem'],
])('%s is an error that says so', async (_what, script, id) => {
  const [command = ''] = script.split(' ');
  expect(await errorOf(script)).toEqual([`thrown ${id},${command}`]);
  expect(await left()).toEqual(['[x]', 'one', 'two']);
});
