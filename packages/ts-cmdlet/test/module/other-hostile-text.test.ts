import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { type Static, Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GenerateError } from '../../src/generate/generate-error.ts';
import { generateCmdletTypes, generateModule } from '../../src/generate/generate-module.ts';
import type { ModuleSettings } from '../../src/generate/module-settings.ts';
import { quoteLiteral } from '../../src/generate/powershell-text.ts';
import type { CommandHelp } from '../../src/help/model.ts';
import { block, commandHelp, moduleSettings, paragraph, parameter, syntaxItem } from '../support/help-models.ts';
import { makeOtherModule } from './other-module.ts';

// Texts that try to become code, in every field that a help page or the settings have: each comes out as the text that it
// is, and nothing of it runs. What runs would leave a file.

const marker = path.join(tmpdir(), `attacked-${process.pid}`);
const attack = `[System.IO.File]::WriteAllText('${marker}', '')`;

const fragments = [
  ...[
    "'",
    '\u2018',
    '\u2019',
    '\u201A',
    '\u201B',
    '"',
    '\u201C',
    '\u201D',
    '\u201E',
    '`',
    '$',
    '@',
    '#',
    ';',
    '|',
    '&',
  ],
  ...['(', ')', '{', '}', '[', ']', '\n', '\r\n', '\u2028', '\u0085', '\0', '\uD800', '\uFEFF', '\t', '\\', '%', '--%'],
  ...[
    `$(${attack})`,
    `'; ${attack}; '`,
    `\u2019; ${attack}; \u2018`,
    `"; ${attack}; "`,
    `\n${attack}\n`,
    `')]${attack}[('`,
  ],
  ...[
    "\n'@\n",
    '\n"@\n',
    "@'\n",
    '@"\n',
    '#>',
    '<#',
    '\n# .SYNOPSIS\n',
    '\n.EXTERNALHELP x.xml\n',
    '\n#requires -Version 99\n',
  ],
  ...[
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    '&amp;',
    '&lt;',
    '&#65;',
    '&nbsp;',
    '</maml:para>',
    '<?x?>',
    '<!ENTITY a "b">',
  ],
  ...['*/', '/*', '//', '${', '`${', '\\u0041', '</script>', '__proto__', 'constructor', '{0}', '%s'],
];
/** A text that begins and ends with a letter, since PowerShell trims what it shows. */
const text = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fragments) }, fc.string({ unit: 'binary', maxLength: 4 })),
    {
      maxLength: 6,
    },
  )
  .map(parts => `a${parts.join('')}z`);
/** Texts that differ in more than case and in more than what no file can carry. */
const distinct = (from: number, to: number) =>
  fc.uniqueArray(text, { minLength: from, maxLength: to, selector: each => inSource(each).toLowerCase() });

/** What a file of PowerShell can carry. */
const inSource = (value: string) => value.replace(/\r\n?/g, '\n').toWellFormed().replaceAll('\0', '\uFFFD');
/** What XML can carry. */
const inXml = (value: string) =>
  value
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
const squeeze = (value: string) => value.replace(/\s+/g, '');

const fields = fc.record({
  ...{ synopsis: text, description: text, about: text, notes: text, title: text, code: text, remarks: text },
  ...{ helpMessage: text, defaultValue: text, uri: text, output: text, input: text, linkText: text, link: text },
  sets: distinct(2, 3),
  values: distinct(1, 4),
  pattern: text,
});
type Fields = typeof fields extends fc.Arbitrary<infer T> ? T : never;

function helpOf(name: string, from: Fields): CommandHelp {
  const [first = '', ...others] = from.sets;
  const value = parameter('Value', {
    acceptedValues: from.values,
    defaultValue: from.defaultValue,
    helpMessage: from.helpMessage,
    description: paragraph(from.about),
    blocks: [block({ parameterSets: [first], isRequired: true }), block({ parameterSets: others })],
  });
  const checked = parameter('Checked');
  const each = others.map((set, index) => parameter(`In${index}`, { blocks: [block({ parameterSets: [set] })] }));
  const all = [value, checked, ...each];
  return commandHelp(name, all, {
    syntax: from.sets.map((set, index) =>
      syntaxItem(set, [value, checked, ...each.slice(index - 1, index)], index === 0),
    ),
    synopsis: paragraph(from.synopsis),
    description: [
      ...paragraph(from.description),
      { kind: 'table', markdown: '', header: [from.description, 'b'], rows: [[from.synopsis, from.notes]] },
      { kind: 'list', ordered: true, start: 1, items: [paragraph(from.remarks)] },
    ],
    examples: [
      { title: from.title, blocks: [{ kind: 'code', language: 'x', text: from.code }, ...paragraph(from.remarks)] },
    ],
    notes: paragraph(from.notes),
    inputs: [{ typename: from.input, description: paragraph(from.about) }],
    outputs: [{ typename: from.output, description: paragraph(from.about) }],
    relatedLinks: [
      { linkText: from.linkText, uri: `https://example.com/${from.link}` },
      { linkText: from.linkText, uri: `x:${from.link}` },
    ],
    onlineVersionUrl: `https://example.com/${from.uri}`,
  });
}

const settingsTexts = fc.record({
  author: text,
  companyName: text,
  copyright: text,
  description: text,
  label: text,
  tag: text,
});

const Live = Type.Object({
  uri: Type.String(),
  values: Type.Array(Type.String()),
  sets: Type.Array(Type.String()),
  message: Type.String(),
  pattern: Type.String(),
  output: Type.String(),
  help: Type.Record(Type.String(), Type.String()),
});

const DESCRIBE = `foreach ($command in Get-Command -Module Widgets) {
  $value = $command.Parameters['Value']
  $help = Get-Help $command.Name -Full
  @{
    uri = $command.ScriptBlock.Attributes[0].HelpUri
    values = @($value.Attributes.Where({ $_ -is [System.Management.Automation.ValidateSetAttribute] })[0].ValidValues)
    sets = @($command.ParameterSets.Name)
    message = @($value.ParameterSets.Values)[0].HelpMessage
    pattern = $command.Parameters['Checked'].Attributes.Where({ $_ -is [System.Management.Automation.ValidatePatternAttribute] })[0].RegexPattern
    output = $command.OutputType[0].Name
    help = @{
      synopsis = $help.Synopsis
      description = $help.description.Text -join ''
      about = $help.parameters.parameter[0].description[0].Text
      defaultValue = $help.parameters.parameter[0].defaultValue
      facts = $help.parameters.parameter[0].description.Text -join ''
      notes = $help.alertSet.alert.Text -join ''
      title = $help.examples.example.title
      code = $help.examples.example.code
      remarks = $help.examples.example.remarks.Text -join ''
      input = $help.inputTypes.inputType.type.name
      output = $help.returnValues.returnValue.type.name
      online = $help.relatedLinks.navigationLink[0].uri
      linkText = $help.relatedLinks.navigationLink[1].linkText
      link = $help.relatedLinks.navigationLink[1].uri
      linkToNowhere = $help.relatedLinks.navigationLink[2].linkText
    }
  }
}`;

let shell: TestShell;
beforeAll(async () => {
  shell = await startShell();
});
afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
});

function expectedOf(from: Fields, found: Static<typeof Live>): void {
  expect(found.uri).toBe(inSource(`https://example.com/${from.uri}`));
  expect(found.values).toEqual(from.values.map(inSource));
  expect(found.sets.toSorted()).toEqual(from.sets.map(inSource).sort());
  expect(found.message).toBe(inSource(from.helpMessage));
  expect(found.pattern).toBe(inSource(from.pattern));
  expect(found.output).toBe(inSource(from.output));
  const shown = (value: string) => squeeze(inXml(value));
  const told = Object.fromEntries(Object.entries(found.help).map(([key, value]) => [key, squeeze(value)]));
  for (const key of [
    'synopsis',
    'about',
    'defaultValue',
    'notes',
    'code',
    'remarks',
    'input',
    'output',
    'linkText',
  ] as const) {
    expect({ key, told: told[key] }).toEqual({ key, told: shown(from[key]) });
  }
  expect(told.title?.replace(/^-+|-+$/g, '')).toBe(shown(from.title).replace(/^-+|-+$/g, ''));
  expect(told.online).toBe(shown(`https://example.com/${from.uri}`));
  expect(told.link).toBe(shown(`https://example.com/${from.link}`));
  expect(told.linkToNowhere).toBe(shown(`${from.linkText} (x:${from.link})`));
  expect(told.facts).toContain(shown(`Required in parameter set ${from.sets[0]};`));
  expect(told.facts).toContain(shown(`Accepted values: ${from.values.join(', ')}.`));
  for (const each of [from.description, from.synopsis, from.notes, `1. ${from.remarks}`]) {
    expect(told.description).toContain(shown(each));
  }
}

test('every text of the help and the settings comes out as it is, and none runs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 20, maxLength: 20 }), settingsTexts, async (all, own) => {
      const settings: ModuleSettings = moduleSettings({
        ...{ author: own.author, companyName: own.companyName, copyright: own.copyright, description: own.description },
        tags: [squeeze(own.tag)],
        projectUri: `https://example.com/${own.tag}`,
        views: [{ typeName: all[0]?.output ?? '', columns: [{ label: own.label, property: 'Name' }] }],
        parameterValidation: Object.fromEntries(
          all.map(({ pattern }, index) => [`Get-Widget${index}`, { Checked: [{ Pattern: pattern }] }]),
        ),
      });
      const helps = all.map((from, index) => helpOf(`Get-Widget${index}`, from));
      await using module = await makeOtherModule(helps, settings);
      const names = helps.map(({ name }) => name).sort();
      const found = await shell.run(Live, `Import-Module ${quote(module.manifest)} -Force; ${DESCRIBE}`);
      expect(found).toHaveLength(all.length);
      for (const [index, each] of found.entries()) {
        const from = all[Number(names[index]?.slice('Get-Widget'.length))];
        if (from !== undefined) expectedOf(from, each);
      }
      const [manifest] = await shell.run(
        Type.Record(Type.String(), Type.String()),
        `$m = Get-Module Widgets; @{ author = $m.Author; companyName = $m.CompanyName; copyright = $m.Copyright; description = $m.Description; tag = $m.Tags[0] }
        $null = foreach ($name in $m.ExportedCommands.Keys) { Get-Command $name -Syntax; Get-Help $name }
        Remove-Module Widgets`,
      );
      expect(manifest).toEqual({
        ...{ author: inSource(own.author), companyName: inSource(own.companyName), copyright: inSource(own.copyright) },
        ...{ description: inSource(own.description), tag: inSource(squeeze(own.tag)) },
      });
      expect(existsSync(marker)).toBe(false);
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

test('what would run does leave the file: the test can fail', async () => {
  const canary = `${marker}-canary`;
  await shell.run(Type.Unknown(), attack.replace(marker, canary));
  expect(existsSync(canary)).toBe(true);
  await shell.run(Type.Unknown(), `[System.IO.File]::Delete('${canary}')`);
});

test('a name that is no plain name is refused, left out, or a literal, wherever it would stand in the source', () => {
  const mark = 'zq7';
  const hostile = text.map(value => `${mark}${value}`).filter(value => !/^[\w.-]+$/.test(value));
  fc.assert(
    fc.property(hostile, fc.integer({ min: 0, max: 5 }), (name, place) => {
      const helps = [
        commandHelp(`Get-${name}`, []),
        commandHelp('Get-Widget', [parameter(name)]),
        commandHelp('Get-Widget', [parameter('A', { aliases: [name] })]),
        commandHelp('Get-Widget', [parameter('A', { type: 'Colour', acceptedValues: [name] })]),
        commandHelp('Get-Widget', [parameter('A', { type: `System.${name}` })]),
        commandHelp('Get-Widget', [], { externalHelpFile: `${name}.xml` }),
      ];
      const help = helps[place];
      if (help === undefined) return;
      let source = '';
      try {
        const files = generateModule([help], moduleSettings());
        source = files.find(file => file.path.endsWith('.psm1'))?.content ?? '';
      } catch (error) {
        if (!(error instanceof GenerateError)) throw error;
      }
      expect(source.replaceAll(quoteLiteral(name), '')).not.toContain(mark);
    }),
  );
});

test('of the generated TypeScript, too, every text is a literal or a comment', async () => {
  const samples = fc.sample(fields, { numRuns: 40, seed: 7 });
  const helps = samples.map((from, index) => helpOf(`Get-Widget${index}`, from));
  for (const [index, from] of samples.entries()) {
    const file = generateCmdletTypes(helps).find(each => each.path === `Get-Widget${index}.ts`);
    const source = /export const \w+Schema = ([\s\S]*?) as const;\n/.exec(file?.content ?? '')?.[1] ?? '';
    const module: { default: { oneOf: { properties: Record<string, { const?: string; enum?: string[] }> }[] } } =
      await import(`data:text/javascript,export default ${encodeURIComponent(source)}`);
    const { oneOf } = module.default;
    expect(oneOf.map(({ properties }) => properties.parameterSetName?.const)).toEqual(
      from.sets.map(set => set.toWellFormed()),
    );
    expect(oneOf[0]?.properties.Value?.enum).toEqual(from.values.map(value => value.toWellFormed()));
  }
});
