import { expect, test } from 'vitest';
import { Findings } from '../../src/help/diagnostic.ts';
import { readPipeline, readPosition, readRequired } from '../../src/help/parameter-values.ts';

const place = () => ({ name: 'Id', line: 1, findings: new Findings('a.md') });

/** The sets that are required, and those that are not. */
function required(text: string): [string[], string[]] | undefined {
  const parts = readRequired(text, 1, place())?.(['A', 'B', 'C']);
  const sets = (isRequired: boolean) =>
    parts?.flatMap(part => (part.isRequired === isRequired ? part.parameterSets : [])) ?? [];
  return parts && [sets(true), sets(false)];
}

// The forms that public help has: True and False are PlatyPS's, the others come from help of PowerShell 2.
test.each<[text: string, sets: [string[], string[]] | undefined]>([
  ['True', [['A', 'B', 'C'], []]],
  ['false', [[], ['A', 'B', 'C']]],
  ['', [[], ['A', 'B', 'C']]],
  ['True (a, C)', [['A', 'C'], ['B']]],
  ['True (A) False (B, C)', [['A'], ['B', 'C']]],
  ['True (A), False (B, C)', [['A'], ['B', 'C']]],
  ['True (A), False', [['A'], ['B', 'C']]],
  ['False (A), True (B, C)', [['B', 'C'], ['A']]],
  ['True (All)', [['A', 'B', 'C'], []]],
  ['False False', [[], ['A', 'B', 'C']]],
  ['False True', undefined],
  ['yes', undefined],
  ['True (A', undefined],
])('Required: %s', (text, sets) => {
  expect(required(text)).toEqual(sets);
});

test.each<[text: string, position: number | 'named' | undefined]>([
  ['Named', 'named'],
  ['named', 'named'],
  ['', 'named'],
  ['0', 0],
  ['12', 12],
  ['-1', undefined],
  ['1.5', undefined],
  ['benannt', undefined],
])('Position: %s', (text, position) => {
  expect(readPosition(text, 1, place())).toBe(position);
});

test.each<[text: string, ways: [byValue: boolean, byName: boolean]]>([
  ['False', [false, false]],
  ['', [false, false]],
  ['True (ByValue)', [true, false]],
  ['True (ByPropertyName)', [false, true]],
  ['True (ByPropertyName, ByValue)', [true, true]],
  ['true (byvalue,bypropertyname)', [true, true]],
  ['ByValue (False), ByName (True)', [false, true]],
  ['ByValue (True), ByPropertyName (False)', [true, false]],
  ['True', [true, true]],
  ['False (ByValue)', [false, false]],
  ['True (ByLuck)', [false, false]],
  ['ByValue', [true, false]],
  ['ByPropertyName, ByValue', [true, true]],
  ['ByValue (Maybe)', [false, false]],
])('Accept pipeline input: %s', (text, ways) => {
  const read = readPipeline(text, 1, place());
  expect([read.valueFromPipeline, read.valueFromPipelineByPropertyName]).toEqual(ways);
});
