import { Lexer } from 'marked';
import { expect, test } from 'vitest';
import { decodeEntities, inlineSource, inlineText, typeName } from '../../src/help/inline-text.ts';

const inline = (markdown: string) => new Lexer().inlineTokens(markdown);

test.each([
  ['plain', 'plain'],
  ['**bold** and *slanted* and ~~gone~~', 'bold and slanted and gone'],
  ['the `-Name` *`-All`*', 'the -Name -All'],
  ['[label](https://example.com)', 'label (https://example.com)'],
  ['[**label**](a.md "title")', 'label (a.md)'],
  ['[https://example.com](https://example.com)', 'https://example.com'],
  ['[label]()', 'label'],
  ['[](a.md)', 'a.md'],
  ['<https://example.com/?a=1&b=2>', 'https://example.com/?a=1&b=2'],
  ['https://example.com/x', 'https://example.com/x'],
  ['<me@example.com>', 'me@example.com'],
  ['![picture](a.png)', 'picture (a.png)'],
  ['one\ntwo', 'one two'],
  ['one  \ntwo', 'one\ntwo'],
  ['one\\\ntwo', 'one\ntwo'],
  ['one<br>two<BR />three', 'one\ntwo\nthree'],
  ['\\[a\\] \\<b\\> \\*c\\* \\\\ \\`d', '[a] <b> *c* \\ `d'],
  ['&lt;a&gt; &amp;amp; &#65;&#x42; &copy; &nosuch;', '<a> &amp; AB © &nosuch;'],
  ['`&lt;` stays', '&lt; stays'],
  ['Use <Name> or <b>bold</b><!-- not this -->', 'Use <Name> or bold'],
  ['C:\\Test\\*.txt', 'C:\\Test*.txt'],
  ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'.replace('*3*', '3')],
  ['Grüße, 日本語 🙂', 'Grüße, 日本語 🙂'],
])('%j', (markdown, text) => {
  expect(inlineText(inline(markdown))).toBe(text);
});

test.each([
  ['System.String[]', 'System.String[]'],
  ['System.String\\[\\]', 'System.String[]'],
  ['`System.String`', 'System.String'],
  ['[System.String](https://example.com)', 'System.String'],
  ['**None**', 'None'],
  ['System.Collections.Generic.List`1[System.Int32]', 'System.Collections.Generic.List`1[System.Int32]'],
  ['A`1[Int32], B`1[Guid]', 'A`1[Int32], B`1[Guid]'],
  ['List<Int32>', 'List<Int32>'],
  ['List\\<Int32\\>', 'List<Int32>'],
  ['System.String, System.Int32', 'System.String, System.Int32'],
])('the type %j', (markdown, name) => {
  expect(typeName(inline(markdown))).toBe(name);
});

test('a link by reference becomes one that stands alone', () => {
  const [paragraph] = new Lexer().lex('See **[it][1]**, ![pic][1] and [here](b.md).\n\n[1]: a.md "The \\"title\\""\n');
  const tokens = paragraph !== undefined && 'tokens' in paragraph ? paragraph.tokens : undefined;
  expect(inlineSource(tokens)).toBe(
    'See **[it](<a.md> "The \\"title\\"")**, ![pic](<a.md> "The \\"title\\"") and [here](b.md).',
  );
});

test('an entity that is no character becomes the sign for that', () => {
  expect(decodeEntities('&#0; &#xD800; &#1114112;')).toBe('\ufffd \ufffd \ufffd');
});
