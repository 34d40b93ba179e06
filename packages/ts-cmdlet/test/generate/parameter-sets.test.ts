import { expect, test } from 'vitest';
import { declarationOrder } from '../../src/generate/parameter-sets.ts';
import { commandHelp, parameter, syntaxItem } from '../support/help-models.ts';

const [a, b, c, d] = [parameter('A'), parameter('B'), parameter('C'), parameter('D')];
const order = (described: (typeof a)[], ...shown: (typeof a)[][]) => {
  const syntax = shown.map((parameters, index) => syntaxItem(`Set${index}`, parameters));
  return declarationOrder(commandHelp('Get-Widget', described, { syntax })).map(({ name }) => name);
};

test('one order that every set agrees with', () => {
  expect(order([a, b, c, d], [c, a], [a, d, b])).toEqual(['C', 'A', 'D', 'B']);
});

test('what SYNTAX leaves open goes by PARAMETERS', () => {
  expect(order([a, b, c, d], [d], [c], [b], [a])).toEqual(['A', 'B', 'C', 'D']);
});

test('sets that contradict each other lose no parameter', () => {
  expect(order([a, b, c], [a, b, c], [c, a])).toEqual(['A', 'B', 'C']);
});
