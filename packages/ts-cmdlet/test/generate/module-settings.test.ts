import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GenerateError } from '../../src/generate/generate-error.ts';
import { checkModuleSettings, readModuleSettings } from '../../src/generate/module-settings.ts';
import { commandHelp, moduleSettings, parameter } from '../support/help-models.ts';

function problemsOf(text: string): string[] {
  try {
    readModuleSettings(text, 'module.json');
  } catch (error) {
    if (error instanceof GenerateError) {
      return error.diagnostics.map(({ file, line, message, expected }) => `${file}:${line}: ${message} ${expected}`);
    }
    throw error;
  }
  return [];
}

describe('readModuleSettings', () => {
  test('takes the settings of the example', () => {
    const file = new URL('../../examples/git-history/module.json', import.meta.url);
    const settings = readModuleSettings(readFileSync(file, 'utf8'), 'module.json');
    expect(settings.name).toBe('GitHistory');
    expect(settings.hostFunctions?.[0]?.names).toEqual(['Resolve-RepositoryFolder']);
  });

  test('tells every error at once, with a pointer and what was expected', () => {
    const { author: _, ...rest } = moduleSettings();
    const text = JSON.stringify({ ...rest, guid: 'x', colour: 'red', powerShellVersion: '5.1' });
    expect(problemsOf(text)).toEqual([
      'module.json:1: /author is missing. Expected a value.',
      'module.json:1: /colour is unknown. Expected a name that the settings have.',
      expect.stringMatching(/^module\.json:1: \/guid is wrong\. Expected that it must match pattern/),
      'module.json:1: /powerShellVersion is wrong. Expected "7.4".',
    ]);
  });

  test('tells the line at which JSON ends being JSON', () => {
    expect(problemsOf('{\n  "name": "A",\n  oops\n}')).toEqual([
      expect.stringMatching(/^module\.json:3: No valid JSON/),
    ]);
  });

  test('takes checks with and without bounds, and the impact of what is asked', () => {
    const own = {
      confirmImpact: { 'Set-Widget': 'High' as const },
      parameterValidation: {
        'Set-Widget': { A: ['NotNullOrWhiteSpace' as const, { Range: [1, 2.5] }, { Pattern: '^a$' }] },
      },
    };
    expect(problemsOf(JSON.stringify({ ...moduleSettings(), ...own }))).toEqual([]);
    for (const wrong of [{ Range: [1] }, { Range: ['1; exit', 2] }, { Script: '1' }, 'Drive', { Length: [-1, 2] }]) {
      const parameterValidation = { 'Set-Widget': { A: [wrong] } };
      expect(problemsOf(JSON.stringify({ ...moduleSettings(), parameterValidation }))).not.toEqual([]);
    }
    expect(problemsOf(JSON.stringify({ ...moduleSettings(), confirmImpact: { A: 'Huge' } }))).not.toEqual([]);
  });

  test.each(['Account.$(exit)', 'a b', '', '.A', 'A.'])('refuses the property path %j', property => {
    const views = [{ typeName: 'T', columns: [{ label: 'L', property }] }];
    expect(problemsOf(JSON.stringify(moduleSettings({ views })))).toHaveLength(1);
  });
});

describe('checkModuleSettings', () => {
  const help = commandHelp('Get-Widget', [parameter('Name')], { outputs: [{ typename: 'Widget', description: [] }] });
  const check = (parts: Parameters<typeof moduleSettings>[0]) =>
    checkModuleSettings(moduleSettings(parts), [help], 'module.json').map(
      ({ file, message, expected }) => `${file}: ${message} ${expected}`,
    );

  test('finds nothing wrong with names that the help has', () => {
    const views = [{ typeName: 'Widget', columns: [{ label: 'L', property: 'Name' }] }];
    expect(check({ views, parameterValidation: { 'Get-Widget': { Name: ['NotNull'] } } })).toEqual([]);
  });

  test('finds names that the help lacks', () => {
    const views = [{ typeName: 'Gadget', columns: [{ label: 'L', property: 'Name' }] }];
    const parameterValidation = { 'Get-Widget': { Nmae: ['NotNull' as const] }, 'Get-Gadget': {} };
    expect(check({ views, parameterValidation })).toEqual([
      "module.json: /views/0/typeName is 'Gadget', which is in no help's OUTPUTS. Expected one of Widget.",
      'module.json: /parameterValidation/Get-Widget/Nmae names no parameter of Get-Widget. Expected one of Name.',
      'module.json: /parameterValidation/Get-Gadget names no cmdlet of the help. Expected one of Get-Widget.',
    ]);
  });

  test('finds an impact of what is not asked', () => {
    expect(check({ confirmImpact: { 'Get-Widget': 'High', 'Get-Gadget': 'Low' } })).toEqual([
      'module.json: /confirmImpact/Get-Widget: Get-Widget never asks, because its help has no -WhatIf. Expected a cmdlet with -WhatIf.',
      'module.json: /confirmImpact/Get-Gadget names no cmdlet of the help. Expected one of Get-Widget.',
    ]);
  });

  test('finds help of another module', () => {
    expect(check({ name: 'Gadgets' })).toEqual([
      "help/Get-Widget.md: 'Module Name' is 'Widgets'. Expected 'Gadgets', as in module.json.",
    ]);
  });
});
