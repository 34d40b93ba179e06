import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { element, xmlDocument } from '../../src/generate/xml-text.ts';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

/** Texts that would be markup, an end of something, or no XML at all, if they were written as they are. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<a>',
        '</a>',
        '<a b="c"/>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?xml?>',
        '<!DOCTYPE a>',
        '<!ENTITY',
      ),
      fc.constantFrom('&', '&lt;', '&amp;lt;', '&#60;', '&#x3C;', '&unknown;', '"', "'", '\t', '\n', '\r', '\r\n', ' '),
      fc.constantFrom(
        '\0',
        '\u0001',
        '\u001B',
        '\u007F',
        '\u0085',
        '\u2028',
        '\uD800',
        '\uDFFF',
        '\uFFFE',
        '\uFFFF',
        '😀',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { minLength: 1 },
  )
  // Not blanks alone, which could not be told from indentation.
  .map(parts => `x${parts.join('')}`);

/** What XML 1.0 can say of a text: line ends are LF (2.11), what is no Char (2.2) is told by a replacement character. */
function carried(text: string): string {
  const characters = Array.from(text.replace(/\r\n?/g, '\n'), character => {
    const code = character.codePointAt(0) ?? 0;
    const isChar =
      code === 0x9 ||
      code === 0xa ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000;
    return isChar ? character : '\uFFFD';
  });
  return characters.join('');
}

test('elements are indented, text stands as it is, what is empty is one tag', () => {
  const elements = [element('b', 'x\n  y'), element('c', [element('d')], { e: '1', f: '' }), element('g', [])];
  expect(xmlDocument('A note', 'a', elements, { h: '2' })).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- A note -->\n' +
      '<a h="2">\n  <b>x\n  y</b>\n  <c e="1" f="">\n    <d/>\n  </c>\n  <g/>\n</a>\n',
  );
});

// XML 1.0, 3.3.3: a reader makes spaces of them, where they are not written as references.
test("an attribute's tabs and line ends are kept", () => {
  const value = 'c\td\r\ne';
  expect(xmlDocument('A note', 'a', [element('b', '', { value })], { value })).toContain(
    '<a value="c&#9;d&#10;e">\n  <b value="c&#9;d&#10;e"/>\n',
  );
});

test('whatever a text or a value of an attribute is, it is read back as text, and nothing else is there', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (text, value) => {
      const xml = xmlDocument('A note', 'root', [element('told', text, { value }), element('after')]);
      expect(XMLValidator.validate(xml)).toBe(true);
      const [, root] = parser.parse(xml.replace(/>\n *(?=<)/g, '>').replace(/<!--.*?-->/, ''));
      expect(root.root).toEqual([
        { told: [{ '#text': carried(text) }], ':@': { value: carried(value) } },
        { after: [] },
      ]);
    }),
    { numRuns: 1000 },
  );
});
