import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { checkModuleSettings } from '../../src/generate/check-settings.ts';
import { GenerateError } from '../../src/generate/generate-error.ts';
import { readModuleSettings } from '../../src/generate/read-settings.ts';
import { settingsSchema } from '../../src/generate/settings-schema.ts';
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
      expect.stringMatching(/^module\.json:1: \/colour is unknown\. Expected one of \$schema, name, version, /),
      expect.stringMatching(/^module\.json:1: \/guid is wrong\. Expected that it must match pattern/),
      'module.json:1: /powerShellVersion is wrong. Expected "7.4".',
    ]);
  });

  test('tells the line at which JSON ends being JSON', () => {
    expect(problemsOf('{\n  "name": "A",\n  oops\n}')).toEqual([
      expect.stringMatching(/^module\.json:3: No valid JSON/),
    ]);
  });

  test('tells each line, and for a name that is unknown the nearest one', () => {
    const text = `{
  "$schema": "x.json",
\t"name": "Widgets", "version": "1.0.0", "author": "A", "copyright": "C", "powerShellVersion": "7.4",
  "views": [
    {
      "typeName": "Widget",
      "columns": [
        { "label": "L", "property": "A" },
        { "lable": "L", "label": "L", "property": "A" },
        { "label": "L" }
      ]
    },
    { "typeName": "Widget", "lists": [] }
  ],
  "parameterValidation": {
    "Set-Widget": {
      "Name": [
        "NotNull",
        "AllowEmptyStrings",
        { "Rang": [1, 2] },
        { "Range": [1, "2"] }
      ]
    }
  },
  "externalPackage": []
}`;
    expect(problemsOf(text)).toEqual([
      "module.json:25: /externalPackage is unknown. Did you mean 'externalPackages'?",
      "module.json:9: /views/0/columns/1/lable is unknown. Did you mean 'label'?",
      'module.json:10: /views/0/columns/2 is wrong. Expected one of property and script.',
      "module.json:13: /views/1/lists is unknown. Did you mean 'list'?",
      "module.json:19: /parameterValidation/Set-Widget/Name/1 is 'AllowEmptyStrings'. Did you mean 'AllowEmptyString'?",
      "module.json:20: /parameterValidation/Set-Widget/Name/2/Rang is unknown. Did you mean 'Range'?",
      'module.json:21: /parameterValidation/Set-Widget/Name/3/Range/1 is wrong. Expected that it must be number.',
    ]);
  });

  test('tells the line of a name that the help lacks', () => {
    const text = JSON.stringify({ ...moduleSettings(), confirmImpact: { 'Set-Widgets': 'High' } }, undefined, 1);
    const settings = readModuleSettings(text, 'module.json');
    const [found] = checkModuleSettings(settings, [commandHelp('Set-Widget', [])], 'module.json');
    expect(found).toMatchObject({
      line: text.split('\n').findIndex(line => line.includes('Set-Widgets')) + 1,
      expected: "Did you mean 'Set-Widget'?",
    });
  });

  test('the schema that is published takes what the settings take', () => {
    const published = JSON.parse(readFileSync(new URL('../../module.schema.json', import.meta.url), 'utf8'));
    expect(`${JSON.stringify(published, undefined, 2)}\n`).toBe(settingsSchema());
    const accepts = new Ajv({ strict: false }).compile(published);
    const file = new URL('../../examples/git-history/module.json', import.meta.url);
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    expect(settings.$schema).toBe('../../module.schema.json');
    expect(accepts(settings)).toBe(true);
    expect(accepts({ ...settings, colour: 'red' })).toBe(false);
  });

  test('takes checks with and without bounds, and the impact of what is asked', () => {
    const own = {
      confirmImpact: { 'Set-Widget': 'High' as const },
      parameterValidation: {
        'Set-Widget': {
          A: [
            'NotNullOrWhiteSpace' as const,
            'AllowEmptyString' as const,
            'AllowNull' as const,
            { Range: [1, 2.5] },
            { Pattern: '^a$' },
          ],
        },
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
      "module.json: /views/0/typeName is 'Gadget', which is in no help's OUTPUTS. Did you mean 'Widget'?",
      "module.json: /parameterValidation/Get-Widget/Nmae names no parameter of Get-Widget. Did you mean 'Name'?",
      "module.json: /parameterValidation/Get-Gadget names no cmdlet of the help. Did you mean 'Get-Widget'?",
    ]);
  });

  test('finds secret parameters that are no text, or whose text would have to be looked into', () => {
    const both = commandHelp('Get-Widget', [parameter('Key'), parameter('Size', { type: 'Int32' })]);
    const secretParameters = { 'Get-Widget': ['Key', 'Size', 'Kye'] };
    const parameterValidation = {
      'Get-Widget': { Key: ['NotNullOrEmpty' as const, { Length: [1, 9] as [number, number] }] },
    };
    const found = (parts: Parameters<typeof moduleSettings>[0]) =>
      checkModuleSettings(moduleSettings(parts), [both], 'module.json').map(({ message }) => message);
    expect(found({ secretParameters: { 'Get-Widget': ['Key'] } })).toEqual([]);
    expect(found({ secretParameters, parameterValidation })).toEqual([
      "/secretParameters/Get-Widget has 'Kye', which is no parameter of Get-Widget.",
      '/secretParameters/Get-Widget: -Key of Get-Widget has the check {"Length":[1,9]}, which PowerShell cannot make of a SecureString.',
      '/secretParameters/Get-Widget: -Size of Get-Widget is not a String without accepted values.',
    ]);
  });

  test('finds path parameters that are no text, and names that the help lacks', () => {
    const both = commandHelp('Get-Widget', [
      parameter('Path', { type: 'String[]' }),
      parameter('Size', { type: 'Int32' }),
    ]);
    const pathParameters = {
      'Get-Widget': { Path: 'Wildcard' as const, Size: 'Literal' as const, Pth: 'Literal' as const },
    };
    const found = checkModuleSettings(moduleSettings({ pathParameters }), [both], 'module.json');
    expect(found.map(({ message }) => message)).toEqual([
      '/pathParameters/Get-Widget/Pth names no parameter of Get-Widget.',
      '/pathParameters/Get-Widget/Size: -Size of Get-Widget is no text that can be a path.',
    ]);
  });

  test('finds an impact of what is not asked', () => {
    expect(check({ confirmImpact: { 'Get-Widget': 'High', 'Get-Gadget': 'Low' } })).toEqual([
      'module.json: /confirmImpact/Get-Widget: Get-Widget never asks, because its help has no -WhatIf. Expected a cmdlet with -WhatIf.',
      "module.json: /confirmImpact/Get-Gadget names no cmdlet of the help. Did you mean 'Get-Widget'?",
    ]);
  });

  test('finds help of another module', () => {
    expect(check({ name: 'Gadgets' })).toEqual([
      "help/Get-Widget.md: 'Module Name' is 'Widgets'. Expected 'Gadgets', as in module.json.",
    ]);
  });
});
