import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandHelp, moduleSettings } from '../support/help-models.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';

// Views and members of a module's objects, as PowerShell shows them from the import on: about_Format.ps1xml,
// about_Types.ps1xml. The objects are made by hand, as another runspace would hand them over: no cmdlet has run.

const outputs = ['Widget', 'Gadget', 'Part', 'Own'].map(typename => ({ typename, description: [] }));
const settings = moduleSettings({
  views: [
    {
      typeName: 'Widget',
      columns: [
        { label: 'Name', property: 'Name', width: 8 },
        { label: 'Size', property: 'Size', format: '{0:N1}', alignment: 'Right', width: 8 },
        { label: 'Owner', property: 'Owner.Name', width: 8 },
        {
          label: 'State',
          script: '$_.State.ToUpperInvariant()',
          color: { script: "if ($_.State -eq 'bad') { $PSStyle.Foreground.Red }" },
          width: 8,
        },
        { label: 'Price', property: 'Price', format: "<'{0:N2}'>", color: 'Foreground.Green' },
      ],
    },
    {
      typeName: 'Widget',
      name: 'short',
      list: [{ property: 'Name' }, { label: 'How big', property: 'Size', format: '{0:N2}' }, { script: '$_.Size * 2' }],
    },
    { typeName: 'Gadget', wide: { property: 'Name', columns: 2 } },
    {
      typeName: 'Part',
      columns: [{ label: 'Name', property: 'Name' }],
      groupBy: { label: 'Kind', property: 'Kind' },
      hideHeaders: true,
    },
  ],
  types: [
    {
      typeName: 'Own',
      defaultProperties: ['Name', 'Twice'],
      keyProperties: ['Name'],
      aliasProperties: { Title: 'Name' },
      scriptProperties: { Twice: '$this.Size * 2' },
    },
  ],
});

let module: OtherModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeOtherModule([commandHelp('Get-Widget', [], { outputs })], settings);
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const object = (type: string, properties: string) => `[pscustomobject] @{ PSTypeName = '${type}'; ${properties} }`;
const widget = object('Widget', "Name = 'a'; Size = 1234.56; Owner = @{ Name = 'o' }; State = 'bad'; Price = 2");
const good = object('Widget', "Name = 'b'; Size = 1; Owner = @{ Name = 'o' }; State = 'good'; Price = 3");
const shown = async (script: string) => (await shell.show(script)).replaceAll('\r', '').trim();

describe('a view is in place from the import on:', () => {
  test('a table, with columns from properties, paths, scripts and formats', async () => {
    const lines = (await shown(`$PSStyle.OutputRendering = 'PlainText'; ${widget}, ${good} | Out-String`)).split('\n');
    expect(lines.map(line => line.trim().split(/\s+/))).toEqual([
      ['Name', 'Size', 'Owner', 'State', 'Price'],
      ['----', '----', '-----', '-----', '-----'],
      ['a', '1,234.6', 'o', 'BAD', "<'2.00'>"],
      ['b', '1.0', 'o', 'GOOD', "<'3.00'>"],
    ]);
  });

  test('colors are those of $PSStyle, where a script names one', async () => {
    const text = await shell.run(
      Type.String(),
      `$PSStyle.OutputRendering = 'Ansi'; $text = ${widget}, ${good} | Out-String; $PSStyle.OutputRendering = 'PlainText'
      $text.Replace([string] [char] 27, 'ESC')`,
    );
    expect(text[0]).toContain('ESC[31mBADESC[0m');
    expect(text[0]).toMatch(/ (?!ESC\[31m)GOOD/);
    expect(text[0]).toContain("ESC[32m<'3.00'>ESC[0m");
  });

  test('a list by its name, beside the table', async () => {
    const text = await shown(`$PSStyle.OutputRendering = 'PlainText'; ${good} | Format-List -View short | Out-String`);
    expect(text.split('\n').map(line => line.replaceAll(/\s+/g, ' '))).toEqual([
      'Name : b',
      'How big : 1.00',
      '$_.Size * 2 : 2',
    ]);
  });

  test('a wide view, and a table of groups without headers', async () => {
    const gadgets = ['a', 'b', 'c'].map(name => object('Gadget', `Name = '${name}'`)).join(', ');
    expect((await shown(`${gadgets} | Out-String`)).split('\n').map(line => line.trim().split(/\s+/))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
    const parts = ['x', 'y'].map(name => object('Part', `Name = 'part ${name}'; Kind = '${name}'`)).join(', ');
    const text = await shown(`${parts} | Out-String`);
    expect(
      text
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
    ).toEqual(['Kind: x', 'part x', 'Kind: y', 'part y']);
  });

  test('an object that comes back from a file is shown as any other', async () => {
    const file = path.join(module.root, 'widget.xml');
    const text = await shown(
      `${widget} | Export-Clixml ${quote(file)}; $PSStyle.OutputRendering = 'PlainText'; Import-Clixml ${quote(file)} | Out-String`,
    );
    expect(text).toMatch(/^Name +Size Owner/);
  });
});

test('a type has default properties, alias and script properties', async () => {
  const own = object('Own', "Name = 'n'; Size = 4; Other = 1");
  expect((await shown(`${own} | Out-String`)).split('\n').map(line => line.trim().split(/\s+/))).toEqual([
    ['Name', 'Twice'],
    ['----', '-----'],
    ['n', '8'],
  ]);
  expect(
    await shell.run(
      Type.Unknown(),
      `$o = ${own}; $o.Title; $o.Twice; $o.PSStandardMembers.DefaultKeyPropertySet.ReferencedPropertyNames`,
    ),
  ).toEqual(['n', 8, 'Name']);
});

test("an author's own format and types files are loaded as they are", async () => {
  const own = moduleSettings({ formatFiles: ['views/my.format.ps1xml'], typeFiles: ['my.types.ps1xml'] });
  await using other = await makeOtherModule([commandHelp('Get-Widget', [], { outputs })], own);
  const view = `<View><Name>v</Name><ViewSelectedBy><TypeName>Mine</TypeName></ViewSelectedBy><ListControl><ListEntries><ListEntry>
    <ListItems><ListItem><Label>Mine</Label><PropertyName>Extra</PropertyName></ListItem></ListItems></ListEntry></ListEntries></ListControl></View>`;
  // What a build copies.
  await writeFiles(other.folder, {
    'views/my.format.ps1xml': `<Configuration><ViewDefinitions>${view}</ViewDefinitions></Configuration>`,
    'my.types.ps1xml':
      '<Types><Type><Name>Mine</Name><Members><ScriptProperty><Name>Extra</Name><GetScriptBlock>5</GetScriptBlock></ScriptProperty></Members></Type></Types>',
  });
  await using second = await startShell(other.manifest);
  expect((await second.show(`${object('Mine', 'A = 1')} | Out-String`)).trim()).toBe('Mine : 5');
});

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
