import fc from 'fast-check';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { repairedCommandPages } from './corpus-pages.ts';
import { SAMPLE_PAGE } from './sample-page.ts';

/** Places in a page where a slip can be made: its name, what it replaces, and by what. */
type Slip = { name: string; at: RegExp; by: (match: string, page: string) => string };

/** The kinds of slips that are made in SYNTAX alone. */
const OF_SYNTAX = /SYNTAX|bracket is not|a type is (?:not )?(?:closed|opened)|two sets/;

const without = (character: string) => (match: string) => match.replace(character, '');

// One slip of each kind that public help is found to have.
const SLIPS: Slip[] = [
  { name: 'a bracket is not closed', at: /(?<=^.*)\[-\w+ <[^<>]*>\]/gm, by: match => match.slice(0, -1) },
  { name: 'a bracket is not opened', at: /\[-\w+\](?= <)/g, by: match => match.slice(1) },
  { name: 'a type is closed twice', at: /-\w+\]? <[^<>]*>(?=[\s\]])/g, by: match => `${match}>` },
  { name: 'a type is not closed', at: /-\w+\]? <[^<>]*>(?=[\s\]])/g, by: without('>') },
  { name: 'a type is not opened', at: /-\w+\]? <[^<>]*>(?=[\s\]])/g, by: without('<') },
  { name: 'a hyphen is missing in SYNTAX', at: /\[-\w+ <[^<>]*>\]/g, by: without('-') },
  { name: 'a parameter is missing in SYNTAX', at: / \[-\w+ <[^<>]*>\](?= )/g, by: () => '' },
  { name: 'a parameter is in SYNTAX twice', at: / \[-\w+ <[^<>]*>\](?= )/g, by: match => match + match },
  { name: 'a parameter is not described', at: /^### -\w+\n[\s\S]*?(?=^##)/gm, by: () => '' },
  { name: 'a parameter is described twice', at: /^### -\w+\n[\s\S]*?(?=^##)/gm, by: match => match + match },
  { name: 'a heading of a parameter has no blank', at: /^### -\w+$/gm, by: without(' ') },
  { name: 'a heading of a parameter has no hyphen', at: /^### -\w+$/gm, by: without('-') },
  { name: 'a heading of a parameter has another level', at: /^### -\w+$/gm, by: match => `#${match}` },
  { name: 'a heading of a section has no blank', at: /^## [A-Z ]+$/gm, by: match => match.replace('## ', '##') },
  {
    name: 'a section is in the singular',
    at: /^## (?:INPUTS|OUTPUTS|EXAMPLES|PARAMETERS|NOTES)$/gm,
    by: match => match.slice(0, -1),
  },
  { name: 'a set has (Default) in a yaml block', at: /^Parameter Sets: \w+$/gm, by: match => `${match} (Default)` },
  { name: 'a set of a yaml block is misspelled', at: /^Parameter Sets: \w+$/gm, by: match => `${match}x` },
  { name: 'a set of a yaml block is (All)', at: /^Parameter Sets: \w+$/gm, by: () => 'Parameter Sets: (All)' },
  {
    name: 'a set of SYNTAX has no heading',
    at: /^### \w+(?: \(Default\))?\n(?=```\w*\n[A-Z]\w+-\w+ )/gm,
    by: () => '',
  },
  {
    name: 'a set of SYNTAX has another name',
    at: /^### \w+(?=(?: \(Default\))?\n```\w*\n[A-Z]\w+-\w+ )/gm,
    by: (match, page) =>
      new RegExp(`^Parameter Sets: .*\\b${match.slice(4)}\\b`, 'm').test(page) ? `${match}Of` : match,
  },
  {
    name: 'two sets are the default',
    at: /^### \w+(?=\n```\w*\n[A-Z]\w+-\w+ )/gm,
    by: (match, page) => (/^### \w+ \(Default\)$/m.test(page) ? `${match} (Default)` : match),
  },
  { name: 'a key of a yaml block has no colon', at: /^(?:Type|Required|Position|Aliases): \S.*$/gm, by: without(':') },
  {
    name: 'a key of a yaml block is there twice',
    at: /^(?:Type|Required|Position): .*$/gm,
    by: match => `${match}\n${match}`,
  },
  { name: 'a key of a yaml block is missing', at: /^(?:Type|Required|Position|Parameter Sets): .*\n/gm, by: () => '' },
  {
    name: 'a value of a yaml block means nothing',
    at: /^(?:Required|Position|Accept pipeline input): .*$/gm,
    by: match => match.replace(/: .*/, ': Perhaps'),
  },
  { name: 'a type is no name', at: /^Type: \w+$/gm, by: match => match.replace('Type: ', 'Type: a ') },
  { name: 'a type is in angle brackets', at: /^Type: \w+$/gm, by: match => match.replace(/: (.*)/, ': <$1>') },
  {
    name: 'an alias is the name of another parameter',
    at: /^Aliases:$/gm,
    by: (_, page) => `Aliases: ${/(?<=^### -)\w+/m.exec(page)?.[0]}`,
  },
  { name: 'a line of the front matter is prose', at: /^schema: .*$/gm, by: match => `${match}\nRead this first.` },
  { name: 'the command has another name in SYNTAX', at: /(?<=```\w*\n)[A-Z]\w+-\w+(?= )/g, by: match => `${match}s` },
  { name: 'a fence of SYNTAX is missing', at: /^```\w*\n(?=[A-Z]\w+-\w+ )/gm, by: () => '' },
  {
    name: 'a type of INPUTS or OUTPUTS is no heading',
    at: /^### [\w.]+(?=\n\n## (?:OUTPUTS|NOTES))/gm,
    by: match => match.slice(4),
  },
];

const pages = [
  SAMPLE_PAGE,
  ...repairedCommandPages()
    .map(({ markdown }) => markdown)
    .filter(markdown =>
      readCommandHelp(markdown, 'a.md').diagnostics.every(({ code }) => /^(?:online|placeholder)/.test(code)),
    ),
];

/** A right page, and the same with one slip of a kind somewhere. */
export const slip = fc
  .tuple(fc.constantFrom(...pages), fc.constantFrom(...SLIPS), fc.nat())
  .map(([page, { name, at, by }, place]) => {
    const [start, end] = [page.indexOf('## SYNTAX'), page.indexOf('## DESCRIPTION')];
    const matches = [...page.matchAll(at)].filter(
      ({ index }) => !OF_SYNTAX.test(name) || (index > start && index < end),
    );
    const match = matches[place % Math.max(matches.length, 1)];
    if (match === undefined) return { name, page, spoiled: page };
    const spoiled = page.slice(0, match.index) + by(match[0], page) + page.slice(match.index + match[0].length);
    return { name, page, spoiled };
  })
  .filter(({ page, spoiled }) => page !== spoiled);
