import { expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, part, SAMPLE_PAGE } from './sample-page.ts';

// What the yaml blocks of a parameter say together. PowerShell compares aliases and accepted values without case.

const block = part(SAMPLE_PAGE, '```yaml\nType: String[]', '### CommonParameters');

/** Reads -Tag with a yaml block for each of its sets. Each gives the lines of Aliases and Accepted values. */
function readTag(...blocks: { aliases: string; accepted: string }[]) {
  const sets = ['ByName', 'ById'];
  const texts = blocks.map(({ aliases, accepted }, index) =>
    edited(
      block,
      ['(All)', sets[index] ?? ''],
      ['Aliases:\nAccepted values: Red, Green\n', `Aliases: ${aliases}\nAccepted values: ${accepted}\n`],
    ),
  );
  const { help } = readCommandHelp(edited(SAMPLE_PAGE, [block, texts.join('')]), 'sample.md');
  return help?.parameters.find(({ name }) => name === 'Tag');
}

test('an alias has the spelling of its first place, in one block and over several', () => {
  const tag = readTag({ aliases: 'Label, Mark, LABEL', accepted: 'Red' }, { aliases: 'mark, Other', accepted: 'Red' });
  expect(tag?.aliases).toEqual(['Label', 'Mark', 'Other']);
});

test('an accepted value has the spelling of its first place, in one block and over several', () => {
  const tag = readTag({ aliases: '', accepted: 'Red, green, RED' }, { aliases: '', accepted: 'Green, Blue' });
  expect(tag?.acceptedValues).toEqual(['Red', 'green', 'Blue']);
});
