import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkModule, generateModule } from '../../src/generate/generate-module.ts';
import { readModuleHelp } from '../../src/generate/module-help.ts';
import { hasErrors } from '../../src/help/diagnostic.ts';
import { moduleSettings } from '../support/help-models.ts';

// Pages that a reader before this one refused, each cut down to one kind of slip; they stand beside the repository.

const folder = path.join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'cases', 'help');
const settings = moduleSettings({ name: 'Sample', views: [] });

/** The findings that each is to have, and what the module's script is to say. */
const CASES: [name: string, codes: string[], script: (string | RegExp)[]][] = [
  ['02-one-unnamed-syntax-named-set', ['parameter-set-unknown'], [/\[Parameter\(\)\]\s+\[string\]\s+\$Filter/]],
  ['03-default-mark-in-parameter-sets', ['parameter-yaml-doubtful'], ["DefaultParameterSetName = 'ByName'"]],
  [
    '04-syntax-parameter-not-described',
    ['parameter-not-described', 'parameter-not-described'],
    [/\[bool\]\s+\$Scoped/, /\[switch\]\s+\$Force/],
  ],
  ['05-described-parameter-not-in-syntax', ['parameter-not-in-syntax'], [/\[switch\]\s+\$Force/]],
  ['06-set-membership', ['parameter-set-membership'], [/\[Parameter\(\)\]\s+\[switch\]\s+\$AsUtc/]],
  [
    '07-syntax-bracket-slips',
    Array(5).fill('syntax-unreadable'),
    [/\[int\]\s+\$Size/, /Mandatory\)\]\s+\[string\]\s+\$Font/],
  ],
  ['08-all-parameter-sets-beside-named', [], ["DefaultParameterSetName = '__AllParameterSets'"]],
  ['09-parameter-described-twice', ['parameter-duplicate'], ['$Name']],
  ['10-alias-collision', ['alias-collision'], [/\[Alias\('PSPath'\)\]\s+\[switch\]\s+\$Clear/]],
  ['11-heading-without-blank', ['heading-doubtful'], [/\[int\]\s+\$Count/]],
  ['15-two-defaults', ['syntax-default-repeated'], ["DefaultParameterSetName = 'One'"]],
  ['17-front-matter-line', ['front-matter-invalid'], ['$Name']],
  ['18-system-enum-with-values', [], [/Enum\w+\.ScopedItemOptions\]\s+\$Option/]],
  ['19-nullable-of-class', ['type-not-described'], [/\[object\]\s+\$Kind/, /\[string\[\]\[\]\]\s+\$Rows/]],
  ['20-class-parameter-refuses-text', ['type-not-described'], [/\[object\]\s+\$Identity/]],
  ['21-enum-without-values', ['type-not-described'], [/\[object\]\s+\$UseQuotes/]],
  [
    '22-provider-parameters',
    ['parameter-of-provider', 'parameter-of-provider'],
    [/\[switch\]\s+\$File/, /\[switch\]\s+\$NoNewline/],
  ],
  ['23-errors-in-two-rounds', ['parameter-not-described', 'parameter-left-out'], [/\[switch\]\s+\$Force/]],
  ['24-front-matter-aliases', [], ["[Alias('gst')]"]],
  ['25-about-folder', [], []],
  ['26-pstypename-notation', [], ["[PSTypeName('IResultObject#SMS_Collection')]"]],
  ['27-one-warning-for-each-set', ['type-mismatch'], [/\[psobject\]\s+\$Value/]],
  ['29-accepted-range', ['values-unusable'], [/Nullable\[int\]\]\s+\$Priority/]],
  ['30-section-name-slips', ['heading-doubtful', 'type-without-heading'], ["[OutputType('System.Object')]"]],
  [
    '31-type-that-is-no-name',
    ['parameter-yaml-doubtful', 'parameter-yaml-doubtful'],
    [/\[switch\]\s+\$All/, /\[int\[\]\]\s+\$Ids/],
  ],
  [
    '32-unnamed-syntaxes-with-named-sets',
    ['syntax-set-unnamed', 'syntax-set-unnamed'],
    ["ParameterSetName = 'Wildcard'", "ParameterSetName = 'Regex'"],
  ],
  ['34-index-page', ['page-not-help'], []],
  ['35-module-name-case', ['module-name-spelling'], []],
];

describe.skipIf(!existsSync(folder) && !process.env.CI)('the shared cases', () => {
  test.each(CASES)('%s builds, with its warnings', async (name, codes, script) => {
    const { helps, pages, diagnostics } = await readModuleHelp(path.join(folder, name, 'help'));
    const found = [...diagnostics, ...checkModule(helps, settings, 'module.json', pages)];
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(hasErrors(found)).toBe(false);
    const files = generateModule(helps, settings, 'module.json', pages);
    const module = files.find(file => file.path === 'Sample.psm1')?.content ?? '';
    for (const part of script)
      expect(module).toMatch(part instanceof RegExp ? part : new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    if (name.startsWith('25')) expect(files.map(file => file.path)).toContain('en-US/about_Sample.help.txt');
  });
});
