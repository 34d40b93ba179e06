import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { maml } from '../../src/generate/maml.ts';
import type { CommandHelp, TextBlock } from '../../src/help/model.ts';
import { block, commandHelp, paragraph, parameter, syntaxItem } from '../support/help-models.ts';

const alwaysLists = ['command', 'syntaxItem', 'parameter', 'para', 'example', 'navigationLink'];
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  trimValues: false,
  parseTagValue: false,
  isArray: name => alwaysLists.includes(name),
});

/** The first command of the file; `fast-xml-parser` gives what it finds without a type. */
// biome-ignore lint/suspicious/noExplicitAny: the tests say what is expected to be there
function read(help: CommandHelp): any {
  // Indentation between elements is no text of theirs.
  return parser.parse(maml([help]).replace(/>\n *(?=<)/g, '>')).helpItems.command[0];
}

describe('a parameter', () => {
  const both = parameter('Both', {
    aliases: ['b1', 'b2'],
    blocks: [block({ parameterSets: ['A'], isRequired: true, position: 0 }), block({ parameterSets: ['B'] })],
  });
  const pipe = parameter('Pipe', {
    acceptedValues: ['x', 'y'],
    blocks: [block({ valueFromPipeline: true, valueFromPipelineByPropertyName: true })],
    supportsWildcards: true,
    defaultValue: 'x',
  });
  const only = parameter('Only', { type: 'SwitchParameter', blocks: [block({ parameterSets: ['B'] })] });
  const syntax = [syntaxItem('A', [pipe, both], true), syntaxItem('B', [both, only, pipe])];
  const command = read(commandHelp('Get-Widget', [both, only, pipe], { syntax }));

  test('stands in each set in the order of SYNTAX, with what it is there', () => {
    const shown = command.syntax.syntaxItem.map((item: { parameter: Record<string, string>[] }) =>
      item.parameter.map(each => [each.name, each['@required'], each['@position']]),
    );
    expect(shown).toEqual([
      [
        ['Pipe', 'false', 'named'],
        ['Both', 'true', '0'],
      ],
      [
        ['Both', 'false', 'named'],
        ['Only', 'false', 'named'],
        ['Pipe', 'false', 'named'],
      ],
    ]);
  });

  test('on its own says what is true in every set, and what differs in words', () => {
    const [first, second, third] = command.parameters.parameter;
    expect(first).toMatchObject({ '@required': 'false', '@position': 'named', '@aliases': 'b1, b2' });
    expect(first.description.para).toEqual([
      'About Both.',
      'Required in parameter set A; optional in B.',
      'Position 0 in parameter set A; named in B.',
    ]);
    expect(second).toMatchObject({
      '@aliases': 'none',
      defaultValue: 'False',
      parameterValue: { '#text': 'SwitchParameter' },
    });
    expect(second.description.para).toEqual(['About Only.', 'Parameter set: B.']);
    expect(third).toMatchObject({
      '@pipelineInput': 'True (ByPropertyName, ByValue)',
      '@globbing': 'true',
      defaultValue: 'x',
    });
    expect(third.description.para).toEqual(['About Pipe.', 'Accepted values: x, y.']);
  });

  test('that takes the remaining arguments says so as PowerShell does, and in words where it differs by set', () => {
    const blocks = [
      block({ parameterSets: ['A'], valueFromRemainingArguments: true }),
      block({ parameterSets: ['B'] }),
    ];
    const rest = parameter('Rest', { blocks });
    const command = read(
      commandHelp('Get-Widget', [rest], { syntax: [syntaxItem('A', [rest]), syntaxItem('B', [rest])] }),
    );
    expect(
      command.syntax.syntaxItem.map((item: { parameter: Record<string, string>[] }) => item.parameter[0]),
    ).toMatchObject([{ '@pipelineInput': 'True (FromRemainingArguments)' }, { '@pipelineInput': 'False' }]);
    const [alone] = command.parameters.parameter;
    expect(alone['@pipelineInput']).toBe('False');
    expect(alone.description.para).toContain(
      'Takes the remaining arguments in parameter set A; does not take the remaining arguments in B.',
    );
  });

  test('that is a switch has no value in a set', () => {
    expect(command.syntax.syntaxItem[1].parameter[1]).not.toHaveProperty('parameterValue');
  });
});

describe('the rest', () => {
  const code = (text: string): TextBlock => ({ kind: 'code', language: 'powershell', text });

  test('an example keeps its code as written, with what stands before and after', () => {
    const blocks = [
      ...paragraph('First'),
      ...paragraph('Second'),
      code('PS C:\\> a\n  b'),
      code('c'),
      ...paragraph('Then'),
      code('d'),
    ];
    const [example] = read(commandHelp('Get-Widget', [], { examples: [{ title: 'Example 1', blocks }] })).examples
      .example;
    expect(example.title).toMatch(/^-+ Example 1 -+$/);
    expect(example.introduction.para).toEqual(['First\n\nSecond\n\n']);
    expect(example.code).toBe('PS C:\\> a\n  b\n\nc');
    expect(example.remarks.para).toEqual(['Then', 'd', '']);
  });

  test('the online version is the first link, and is there once', () => {
    const relatedLinks = [
      { linkText: 'Other', uri: 'https://example.com/other' },
      { linkText: 'Online Version:', uri: 'https://example.com/x' },
      { linkText: 'Get-Gadget', uri: '' },
    ];
    const command = read(commandHelp('Get-Widget', [], { onlineVersionUrl: 'https://example.com/x', relatedLinks }));
    expect(command.relatedLinks.navigationLink).toEqual([
      { linkText: 'Online Version:', uri: 'https://example.com/x' },
      { linkText: 'Other', uri: 'https://example.com/other' },
      { linkText: 'Get-Gadget', uri: '' },
    ]);
  });

  test('a link that is called by its address has no text, so that Get-Help prints the address once', () => {
    const onlineVersionUrl = 'https://example.com/x';
    const relatedLinks = [
      { linkText: onlineVersionUrl, uri: onlineVersionUrl },
      { linkText: 'https://example.com/y', uri: 'https://example.com/y' },
    ];
    const command = read(commandHelp('Get-Widget', [], { onlineVersionUrl, relatedLinks }));
    expect(command.relatedLinks.navigationLink).toEqual([
      { linkText: 'Online Version:', uri: onlineVersionUrl },
      { linkText: '', uri: 'https://example.com/y' },
    ]);
  });

  test('ALIASES stand before NOTES', () => {
    const command = read(commandHelp('Get-Widget', [], { aliases: paragraph('gw'), notes: paragraph('Noted.') }));
    expect(command.alertSet.alert.para).toEqual(['gw', 'Noted.']);
  });

  test('whatever the texts, the file has the same elements, and says them', () => {
    const unit = fc.oneof(
      fc.constantFrom(']]>', '-->', '</maml:para>', '<command:parameter>', '&amp;', '<', '>', '"', '\0', '\u001B'),
      fc.string({ unit: 'binary' }),
    );
    const expected = elementsOf(read(everywhere('text')));
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1 }), parts => {
        const text = `a${parts.join('')}z`;
        const command = read(everywhere(text));
        expect(elementsOf(command)).toEqual(expected);
        // What XML can't hold is told by a replacement character, and CR is a line end to every XML reader.
        const carried = text
          .replace(/\r\n?/g, '\n')
          .toWellFormed()
          .replace(/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
        expect(command.description.para).toEqual([carried]);
        expect(command.parameters.parameter[0].defaultValue).toBe(carried);
      }),
    );
  });
});

/** Help with the text in each field that an author writes. */
function everywhere(text: string): CommandHelp {
  const one = parameter('One', {
    type: text,
    description: paragraph(text),
    aliases: [text],
    acceptedValues: [text],
    defaultValue: text,
  });
  const syntax = syntaxItem('__AllParameterSets', [one]);
  const types = [{ typename: text, description: paragraph(text) }];
  return commandHelp('Get-Widget', [one], {
    synopsis: paragraph(text),
    syntax: [{ ...syntax, parameters: syntax.parameters.map(each => ({ ...each, acceptedValues: [text] })) }],
    description: paragraph(text),
    examples: [{ title: text, blocks: [...paragraph(text), { kind: 'code', language: '', text }, ...paragraph(text)] }],
    inputs: types,
    outputs: types,
    notes: paragraph(text),
    relatedLinks: [{ linkText: text, uri: text }],
  });
}

/** The names of what is in an element, without any text. */
function elementsOf(found: unknown): unknown {
  if (typeof found !== 'object' || found === null) return '';
  if (Array.isArray(found)) return found.map(elementsOf);
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, elementsOf(value)]));
}
