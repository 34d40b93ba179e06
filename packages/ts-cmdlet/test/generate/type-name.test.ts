import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTypeName, type TypeName } from '../../src/generate/type-name.ts';

const named = (name: string): TypeName => ({ kind: 'named', name });

test.each<[string, TypeName | undefined]>([
  ['Int32', named('Int32')],
  ['System.IO.FileInfo', named('System.IO.FileInfo')],
  ['Outer+Inner', named('Outer+Inner')],
  ['Int32[]', { kind: 'array', of: named('Int32') }],
  ['int?', { kind: 'nullable', of: named('int') }],
  ['Nullable[Int32]', { kind: 'nullable', of: named('Int32') }],
  ['System.Nullable`1[System.Int32]', { kind: 'nullable', of: named('System.Int32') }],
  ['System.Nullable`1[[System.Int32, mscorlib, Version=4.0.0.0]]', { kind: 'nullable', of: named('System.Int32') }],
  ['List<string>', { kind: 'generic', name: 'List', of: [named('string')] }],
  [
    'Dictionary`2[String,List[Int32]][]',
    {
      kind: 'array',
      of: {
        kind: 'generic',
        name: 'Dictionary',
        of: [named('String'), { kind: 'generic', name: 'List', of: [named('Int32')] }],
      },
    },
  ],
  ['', undefined],
  ['Int 32', undefined],
  ['Int32];[exit', undefined],
  ['List[', undefined],
  ["List['x']", undefined],
])('%s', (text, expected) => {
  expect(parseTypeName(text)).toEqual(expected);
});

test('no text makes it throw', () => {
  const unit = fc.constantFrom('[', ']', '<', '>', ',', '`1', '?', ' ', 'A', '.', '+', "'", ';');
  fc.assert(fc.property(fc.array(unit, { maxLength: 30 }), parts => void parseTypeName(parts.join(''))));
});
