import { expect, test } from 'vitest';
import { GenerateError } from '../../src/generate/generate-error.ts';
import { checkModule, generateCmdletTypes, generateModule } from '../../src/generate/generate-module.ts';
import { block, commandHelp, moduleSettings, parameter } from '../support/help-models.ts';

const view = { typeName: 'Widget', columns: [{ label: 'Name', property: 'Name' }] };
const settings = moduleSettings({ views: [view] });
const getWidget = commandHelp('Get-Widget', [parameter('Name')], {
  outputs: [{ typename: 'Widget', description: [] }],
  externalHelpFile: 'Widgets.dll-Help.xml',
});
const setWidget = commandHelp('Set-Widget', [], { externalHelpFile: 'Widgets.dll-Help.xml' });
const clearWidget = commandHelp('Clear-Widget', []);

test('gives the files of a module, one MAML file for all cmdlets that share it', () => {
  const files = generateModule([setWidget, getWidget, clearWidget], settings);
  expect(files.map(file => file.path)).toEqual([
    'Widgets.format.ps1xml',
    'Widgets.psd1',
    'Widgets.psm1',
    'en-US/Widgets-Help.xml',
    'en-US/Widgets.dll-Help.xml',
  ]);
  const shared = files.find(file => file.path === 'en-US/Widgets.dll-Help.xml')?.content ?? '';
  expect([...shared.matchAll(/<command:name>(.*)<\/command:name>/g)].map(([, name]) => name)).toEqual([
    'Get-Widget',
    'Set-Widget',
  ]);
  const manifest = files.find(file => file.path === 'Widgets.psd1')?.content;
  expect(manifest).toContain("FormatsToProcess = @('Widgets.format.ps1xml')");
  expect(manifest).toContain("'Widgets.psm1', 'en-US/Widgets-Help.xml'");
});

test('help of which no cmdlet can be built is told from no help', () => {
  const code = parameter('Script', { type: 'ScriptBlock', blocks: [block({ isRequired: true })] });
  const told = (names: string[]) =>
    checkModule(
      names.map(name => commandHelp(name, [code])),
      moduleSettings(),
    ).flatMap(each => (each.code === 'help-missing' ? [each.message] : []));
  expect(told([])).toEqual(['There is no help to generate from.']);
  expect(told(['Get-Widget'])).toEqual(['Get-Widget, the only cmdlet of the help, is left out: no module is left.']);
  expect(told(['Get-Widget', 'Set-Widget'])).toEqual(['All 2 cmdlets of the help are left out: no module is left.']);
});

test('the same input, in any order, gives the same bytes, with LF alone', () => {
  const helps = [setWidget, getWidget, clearWidget];
  const files = [...generateModule(helps, settings), ...generateCmdletTypes(helps)];
  expect([...generateModule(helps.toReversed(), settings), ...generateCmdletTypes(helps.toReversed())]).toEqual(files);
  for (const { content } of files) {
    expect(content).not.toContain('\r');
    expect(content.endsWith('\n')).toBe(true);
    expect(content).toContain('Generated from help/*.md. Do not edit: change the help and run npm run build.');
  }
});

test('gives nothing, and every reason, where the help or the settings are wrong', () => {
  const wrong = commandHelp('Get-Widget', [parameter('A', { type: 'System.Gadget' }), parameter('B C')]);
  let failure: unknown;
  try {
    generateModule([wrong], settings, 'src/module.json');
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(GenerateError);
  expect(String(failure)).toContain(
    'help/Get-Widget.md:20: warning parameter-left-out: Parameter -A has the unsupported type System.Gadget',
  );
  expect(String(failure)).toContain(
    "help/Get-Widget.md:20: warning parameter-left-out: 'B C' can't be a parameter's name",
  );
  expect(String(failure)).toContain('src/module.json:1: error settings-name-unknown: /views/0/typeName');
});

test('no help is an error', () => {
  expect(() => generateModule([], settings)).toThrow('Expected at least one cmdlet');
  expect(() => generateCmdletTypes([])).toThrow('Expected at least one cmdlet');
});
