import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { maml } from '../../src/generate/maml.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { helpFile } from '../support/module-folder.ts';

// What PlatyPS 0.14 exports from the same page, with its faults: it stands beside the repository. Where the two differ, ours
// has what the page says.

const reference = path.join(import.meta.dirname, '../../../shared/reference/Connect-SecMgmtAccount.platyps-0.14.xml');

const lists = ['syntaxItem', 'parameter', 'para', 'example', 'navigationLink', 'inputType', 'returnValue'];
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: true,
  isArray: name => lists.includes(name),
});

/** The command of a MAML file; `fast-xml-parser` gives what it finds without a type. */
// biome-ignore lint/suspicious/noExplicitAny: the tests say what is expected to be there
const read = (xml: string): any => parser.parse(xml).helpItems.command;

// biome-ignore lint/suspicious/noExplicitAny: as above
const byName = (parameters: any[]) => new Map(parameters.map(parameter => [parameter.name, parameter]));

describe.skipIf(!existsSync(reference) && !process.env.CI)("the help file against PlatyPS's own", () => {
  const theirs = read(existsSync(reference) ? readFileSync(reference, 'utf8').replace(/^\uFEFF/, '') : '<helpItems/>');
  const { help } = readCommandHelp(readFileSync(helpFile, 'utf8'), 'help/Connect-SecMgmtAccount.md');
  const ours = read(help === undefined ? '<helpItems/>' : maml([help]));

  test('says the same of the command', () => {
    expect(ours.details).toEqual(theirs.details);
    expect(ours.description).toEqual(theirs.description);
    expect(ours.returnValues.returnValue.map((each: { type: { name: string } }) => each.type.name)).toEqual(
      theirs.returnValues.returnValue.map((each: { type: { name: string } }) => each.type.name),
    );
    expect(ours.relatedLinks).toEqual(theirs.relatedLinks);
  });

  test('has the same examples: titles, code, remarks', () => {
    const examples = (command: typeof ours) =>
      command.examples.example.map((each: { title: string; code: string; remarks: { para: string[] } }) => ({
        title: each.title.replace(/^-+ | -+$/g, ''),
        code: each.code,
        remarks: each.remarks.para.join(''),
      }));
    expect(examples(ours)).toEqual(examples(theirs));
  });

  test('has the same parameters; what theirs says of one set alone, ours says of all', () => {
    const [own, other] = [byName(ours.parameters.parameter), byName(theirs.parameters.parameter)];
    expect([...own.keys()].sort()).toEqual([...other.keys()].sort());
    for (const [name, parameter] of own) {
      const { description, '@required': required, ...facts } = parameter;
      const {
        description: theirDescription,
        '@required': theirRequired,
        parameterValueGroup,
        ...theirFacts
      } = other.get(name);
      expect({ name, ...facts }).toEqual({ name, ...theirFacts });
      expect(description.para.slice(0, theirDescription.para.length), name).toEqual(theirDescription.para);
      if (required !== theirRequired) expect(description.para.join(' '), name).toMatch(/Required in parameter sets? /);
      for (const { '#text': value } of parameterValueGroup?.parameterValue ?? []) {
        expect(description.para.join(' '), name).toContain(value);
      }
    }
  });

  test('has the same parameter sets, of the same parameters', () => {
    const sets = (command: typeof ours) =>
      command.syntax.syntaxItem
        .map((item: { parameter: { name: string }[] }) =>
          item.parameter
            .map(({ name }) => name)
            .sort()
            .join(' '),
        )
        .sort();
    expect(sets(ours)).toEqual(sets(theirs));
  });
});
