import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateCmdletTypes } from '../../src/generate/generate-module.ts';
import { writeFiles } from '../../src/generate/write-files.ts';
import { block, commandHelp, paragraph, parameter, syntaxItem } from '../support/help-models.ts';
import { linkPackage } from '../support/link-package.ts';
import { runPackageCommand } from '../support/package-command.ts';

const id = parameter('Id', { type: 'Int32[]', blocks: [block({ parameterSets: ['ById'], isRequired: true })] });
const name = parameter('Name', {
  description: paragraph(`A name. */ export const leak = 1; /* ${'word '.repeat(60)}`),
  blocks: [block({ parameterSets: ['ByName'], isRequired: true }), block({ parameterSets: ['ById'] })],
});
const colour = parameter('Colour', { type: 'ColourName', acceptedValues: ['Red', 'Blue'] });
const size = parameter('Size', {
  type: 'String[]',
  acceptedValues: ['s', 'm', "it's", ...Array.from({ length: 20 }, (_, index) => `value number ${index}`)],
});
const credential = parameter('Credential', { type: 'PSCredential' });
const force = parameter('Force', { type: 'SwitchParameter' });
const whatIf = parameter('WhatIf', { type: 'SwitchParameter' });
const all = [id, name, colour, size, credential, force, whatIf];
const getWidget = commandHelp('Get-Widget', all, {
  syntax: [
    syntaxItem('ByName', [name, colour, size, credential, force], true),
    syntaxItem('ById', [id, name, colour, size]),
  ],
});
const clearWidget = commandHelp('Clear-Widget', []);
const many = [
  parameter('Since', { type: 'DateTime' }),
  parameter('Table', { type: 'Hashtable' }),
  parameter('Widgets', { type: 'PSWidget[]' }),
  parameter('Counts', { type: 'Nullable[Int64][]' }),
  parameter('Limit', { type: 'Int32?', defaultValue: '-1' }),
  parameter('Mood', { type: 'Nullable[Mood]', acceptedValues: ['Good', 'Bad'], defaultValue: 'good' }),
  parameter('Level', { type: 'Int32', acceptedValues: ['1', '2'], defaultValue: '2' }),
  parameter('Any', { type: 'Object' }),
  parameter('Day', { type: 'DayOfWeek', acceptedValues: ['Monday'] }),
  parameter('Label', { defaultValue: "'a label'" }),
  parameter('Place', { defaultValue: 'Current location' }),
  parameter('Bytes', { type: 'Byte[]' }),
  parameter('First', { type: 'UInt64' }),
  parameter('Skip', { type: 'UInt64' }),
  parameter('IncludeTotalCount', { type: 'SwitchParameter' }),
];
const measureWidget = commandHelp('Measure-Widget', many, { outputs: [{ typename: 'PSWidget', description: [] }] });
const longName = commandHelp('Update-WidgetWithAnExtraordinarilyLongNameThatFitsOnNoLine', [
  parameter('A', { type: 'Double' }),
]);
const files = generateCmdletTypes([getWidget, longName, clearWidget, measureWidget]);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parameter-types-'));
  await writeFiles(
    folder,
    files.map(file => ({ ...file, path: `cmdlets/generated/${file.path}` })),
  );
  await linkPackage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a handler that misreads a parameter does not compile', async () => {
  const handler = (body: string) =>
    `import type { GetWidgetParameters } from './cmdlets/generated/index.ts';\nexport function handle(p: GetWidgetParameters): unknown {\n  ${body}\n}\n`;
  const measure = (body: string) =>
    `import { type MeasureWidgetParameters, MeasureWidgetDefaults } from './cmdlets/generated/Measure-Widget.ts';\nexport function handle(p: MeasureWidgetParameters): unknown {\n  ${body}\n}\nvoid MeasureWidgetDefaults;\n`;
  const handlers = [
    { path: 'right.ts', content: handler("return p.parameterSetName === 'ById' ? p.Id.length : p.Name.length;") },
    { path: 'otherSet.ts', content: handler('return p.Id;') },
    { path: 'optional.ts', content: handler("return p.parameterSetName === 'ById' ? p.Name.length : 0;") },
    { path: 'value.ts', content: handler("return p.Colour === 'Green';") },
    { path: 'set.ts', content: handler("return p.parameterSetName === 'ByColour';") },
    { path: 'type.ts', content: handler('return p.Force?.length;') },
    {
      path: 'rightTypes.ts',
      content: measure(
        'return [p.Since?.value.length, p.Table?.entries, p.Widgets?.[0]?.$typeName, p.Counts?.[0]?.value, p.Limit === null, p.Mood ?? MeasureWidgetDefaults.Mood, p.Any, p.First?.value];',
      ),
    },
    { path: 'nullable.ts', content: measure('return p.Limit?.toFixed() ?? p.Mood.length;') },
    { path: 'day.ts', content: measure("return p.Day === 'Sunday';") },
    { path: 'defaults.ts', content: measure('return MeasureWidgetDefaults.Place;') },
  ];
  for (const { path: name, content } of handlers) await writeFile(path.join(folder, name), content);
  const sources = handlers.map(({ path: source }) => path.join(folder, source));
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--allowImportingTsExtensions',
    '--ignoreConfig',
  ];
  const failure = await runPackageCommand('tsc', [...options, ...sources]).catch((error: unknown) => error);
  const output = failure instanceof Error && 'stdout' in failure ? String(failure.stdout) : '';
  const refused = [...output.matchAll(/(\w+)\.ts\(\d+,\d+\): error/g)].map(([, source]) => source);
  expect(new Set(refused), output).toEqual(
    new Set(['otherSet', 'optional', 'value', 'set', 'type', 'nullable', 'day', 'defaults']),
  );
});

test('default values are those that the help gives as values', async () => {
  const source = files.find(file => file.path === 'Measure-Widget.ts')?.content ?? '';
  expect(/MeasureWidgetDefaults = (\{[^}]*\})/.exec(source)?.[1]).toBe(
    "{ Limit: -1, Mood: 'Good', Level: 2, Label: 'a label' }",
  );
});

describe('the schema', async () => {
  const load = async (cmdlet: string): Promise<object> => {
    const content = files.find(file => file.path === `${cmdlet}.ts`)?.content ?? '';
    const source = /export const \w+Schema = ([\s\S]*?) as const;/.exec(content)?.[1] ?? '';
    const module: unknown = await import(`data:text/javascript,export default ${encodeURIComponent(source)}`);
    return typeof module === 'object' && module && 'default' in module && module.default instanceof Object
      ? module.default
      : {};
  };
  const validate = new Ajv({ strict: true }).compile(await load('Get-Widget'));
  const accepted = { parameterSetName: 'ByName', Name: 'x', Colour: 'Red', Size: ['s'], Force: true };

  test.each([
    accepted,
    { parameterSetName: 'ById', Id: [1, 2] },
    {
      ...accepted,
      Credential: { $type: 'System.Management.Automation.PSCredential', userName: 'u', password: 'p' },
    },
  ])('accepts %j', value => {
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    {},
    { ...accepted, parameterSetName: 'ById' },
    { parameterSetName: 'ByName' },
    { ...accepted, Colour: 'Green' },
    { ...accepted, Size: ['xl'] },
    { ...accepted, Force: 'true' },
    { ...accepted, WhatIf: true },
    { parameterSetName: 'ById', Id: [1.5] },
    { parameterSetName: 'ById', Id: 1 },
    { ...accepted, Credential: { userName: 'u', password: 'p' } },
  ])('refuses %j', value => {
    expect(validate(value)).toBe(false);
  });

  const measure = new Ajv({ strict: true }).compile(await load('Measure-Widget'));
  const set = { parameterSetName: '__AllParameterSets' };
  const int64 = { $type: 'System.Int64', value: '9007199254740993' };

  test.each([
    { Since: { $type: 'System.DateTime', value: '2026-01-02T03:04:05.6789012Z' } },
    { Table: { $type: 'System.Collections.Hashtable', entries: { a: [1, { b: null }] } } },
    { Widgets: [{ $type: 'PSObject', $typeName: 'PSWidget', properties: { Name: 'x' } }] },
    { Counts: [int64, null], Limit: null, Mood: null },
    { Limit: 3, Mood: 'Bad', Level: 2, Any: { anything: true }, Day: 'Monday' },
    { Any: null, Bytes: { $type: 'System.Byte[]', value: 'AQI=' } },
    { First: { $type: 'System.UInt64', value: '3' }, IncludeTotalCount: true },
  ])('accepts the wire form %j', value => {
    expect(measure({ ...set, ...value }), JSON.stringify(measure.errors)).toBe(true);
  });

  test.each([
    { Since: '2026-01-02' },
    { Since: { $type: 'System.DateTimeOffset', value: 'x' } },
    { Table: { a: 1 } },
    { Widgets: [null] },
    { Counts: [int64, 1] },
    { Level: null },
    { Mood: 'Worse' },
    { Day: 'Sunday' },
    { Limit: 1.5 },
    { Bytes: [1, 2] },
  ])('refuses %j as a wire form', value => {
    expect(measure({ ...set, ...value })).toBe(false);
  });

  test('has the name of the cmdlet', async () => {
    expect(await load('Clear-Widget')).toMatchObject({ $id: 'Clear-Widget' });
  });
});
