import { expect, test } from 'vitest';
import { isAboutTopicFile, readAboutTopic } from '../../src/help/about-topic.ts';

const BODY = `# about_Things

## Short description
What a thing *is*.

## Long description
\`\`\`text
thing
\`\`\`
`;

const blocks = [
  { kind: 'heading', level: 1, markdown: 'about_Things', text: 'about_Things' },
  { kind: 'heading', level: 2, markdown: 'Short description', text: 'Short description' },
  { kind: 'paragraph', markdown: 'What a thing *is*.', text: 'What a thing is.' },
  { kind: 'heading', level: 2, markdown: 'Long description', text: 'Long description' },
  { kind: 'code', language: 'text', text: 'thing' },
];

// PlatyPS's template of a topic has no front matter; the pages on Microsoft Learn have.
test.each([
  ['without front matter', BODY, {}],
  [
    'with front matter',
    `---\nLocale: en-US\nschema: 2.0.0\n---\n${BODY}`,
    { locale: 'en-US', metadata: { schema: '2.0.0' } },
  ],
])('a topic %s is read whole', (_, markdown, parts) => {
  const { topic, diagnostics } = readAboutTopic(markdown, 'help/about_Things.md');
  expect(diagnostics).toEqual([]);
  expect(topic).toEqual({ file: 'help/about_Things.md', name: 'about_Things', metadata: {}, body: blocks, ...parts });
});

test('its name is that of the file', () => {
  const name = (file: string) => readAboutTopic(BODY, file).topic?.name;
  expect(name('help\\about_Things.help.md')).toBe('about_Things');
  expect(name('About_Other.things.MD')).toBe('About_Other.things');
  expect(['about_A.md', 'ABOUT_a.help.md'].every(isAboutTopicFile)).toBe(true);
  expect(['about.md', 'about_.md', 'Get-About_A.md', 'about_A.txt'].some(isAboutTopicFile)).toBe(false);
});

test.each([
  ['no short description', BODY.replace('## Short', '## Brief'), '1 synopsis-missing'],
  ['nothing at all', '', '1 synopsis-missing'],
  ['a text left to fill in', `${BODY}\n{{ Fill in }}\n`, '11 placeholder-text'],
  ['an open fence', BODY.replace('thing\n```', 'thing'), '7 code-fence-unclosed'],
])('%s is found out', (_, markdown, found) => {
  const { diagnostics } = readAboutTopic(markdown, 'about_Things.md');
  expect(diagnostics.map(({ line, code }) => `${line} ${code}`)).toEqual([found]);
});

test('a rule at the top is no front matter', () => {
  expect(readAboutTopic(`---\n${BODY}`, 'about_Things.md').topic?.body).toEqual([{ kind: 'rule' }, ...blocks]);
});
