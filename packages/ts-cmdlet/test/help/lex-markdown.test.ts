import { expect, test } from 'vitest';
import { Findings } from '../../src/help/diagnostic.ts';
import { blocksWithin, type LocatedToken, lexMarkdown } from '../../src/help/lex-markdown.ts';

// The line of a block is where its first character stands.
test('blocks have their lines, those within lists and quotes too', () => {
  const markdown = `one

- two
- three

  four

  \`\`\`
  five
  \`\`\`

> six
>
> - seven
>   - eight


nine
`;
  const lineOf = (text: string) => markdown.split('\n').findIndex(line => line.includes(text)) + 1;
  const all = (blocks: LocatedToken[]): LocatedToken[] => blocks.flatMap(block => [block, ...all(blocksWithin(block))]);
  const found = all(lexMarkdown(markdown, 1, new Findings('a.md'))).flatMap(({ token, line }) =>
    token.type === 'paragraph' || token.type === 'text' ? [[token.text, line]] : [],
  );
  const words = ['one', 'two', 'three', 'four', 'six', 'seven', 'eight', 'nine'];
  expect(found).toEqual(words.map(word => [word, lineOf(word)]));
});
