import { expect, test } from 'vitest';
import { aboutTopicText } from '../../src/generate/about-topic-text.ts';
import { readAboutTopic } from '../../src/help/about-topic.ts';

function textOf(markdown: string): string {
  const { topic } = readAboutTopic(markdown, 'help/about_Widgets.md');
  if (topic === undefined) throw new Error('The topic has no model.');
  return aboutTopicText(topic);
}

test("the fifth line is the short description, wherever the page has it, and the template's titles are left out", () => {
  const text = textOf(
    '# Widgets\n## about_Widgets\n\n# LONG DESCRIPTION\nLong.\n\n# SHORT DESCRIPTION\nShort\nand *sweet*.\n\nMore.\n\n# SEE ALSO\n- Get-Widget\n',
  );
  expect(text).toBe(`TOPIC
    about_Widgets

SHORT DESCRIPTION
    Short and sweet.

    More.

LONG DESCRIPTION
    Long.

SEE ALSO
    - Get-Widget
`);
});

test('lines are at most 80 columns wide, but for code and for words that are longer', () => {
  const long = 'word '.repeat(60).trim();
  const text = textOf(
    `## Short description\nShort.\n\n## Long description\n${long}\n\n- ${long}\n\n> ${long}\n\n\`\`\`\n${long}\n\`\`\`\n`,
  );
  const lines = text.split('\n');
  expect(lines.filter(line => line.length > 80)).toEqual([`    ${long}`]);
  expect(lines.filter(line => line.startsWith('      word')).length).toBeGreaterThan(3);
  expect(text.match(/word/g)).toHaveLength(240);
});

test('a topic without a short description keeps its text', () => {
  expect(textOf('## Long description\nAll of it.\n')).toBe(
    'TOPIC\n    about_Widgets\n\nSHORT DESCRIPTION\n\n\nLONG DESCRIPTION\n    All of it.\n',
  );
});
