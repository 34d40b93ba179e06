import { expect, test } from 'vitest';
import { isSameType, isShownAs, isSwitchType } from '../../src/help/type-names.ts';

test.each([
  ['string[]', 'System.String[]'],
  ['int', 'Int32'],
  ['uint', 'System.UInt32'],
  ['bool', 'System.Boolean'],
  ['switch', 'System.Management.Automation.SwitchParameter'],
  ['int?', 'System.Nullable`1[System.Int32]'],
  ['Nullable[int]', 'System.Nullable`1[System.Int32]'],
  ['FlagsExpression[FileAttributes]', 'System.Management.Automation.FlagsExpression`1[System.IO.FileAttributes]'],
  ['Dictionary<string, int>', 'System.Collections.Generic.Dictionary`2[System.String,System.Int32]'],
  ['Boolean?', 'System.Nullable`1[[System.Boolean, System.Private.CoreLib, Version=8.0.0.0, Culture=neutral]]'],
  ['Outer+Inner', 'My.Outer+Inner'],
])('%s is %s', (a, b) => {
  expect(isSameType(a, b)).toBe(true);
});

test.each([
  ['String', 'String[]'],
  ['Int32', 'Int64'],
  ['Object', 'PSObject'],
  ['List[String]', 'List[Int32]'],
  ['int?', 'System.Nullable`1[[System.Int64, mscorlib, Version=4.0.0.0]]'],
])('%s is not %s', (a, b) => {
  expect(isSameType(a, b)).toBe(false);
});

test('SYNTAX may show what a Nullable holds', () => {
  expect(isShownAs('System.Nullable`1[System.Int32]', 'Int32')).toBe(true);
  expect(isShownAs('System.Nullable`1[System.Int32]', 'int?')).toBe(true);
  expect(isShownAs('System.Nullable`1[System.Int32]', 'Nullable`1')).toBe(true);
  expect(isShownAs('System.Int32', 'Nullable`1')).toBe(false);
  expect(isShownAs('System.Int32', 'int?')).toBe(false);
  expect(isShownAs('System.Nullable`1[System.Int32]', 'Int64')).toBe(false);
});

test('a switch is known by each of its names', () => {
  expect(['SwitchParameter', 'switch', 'Switchparameter'].every(isSwitchType)).toBe(true);
  expect(isSwitchType('SwitchParameter[]')).toBe(false);
});
