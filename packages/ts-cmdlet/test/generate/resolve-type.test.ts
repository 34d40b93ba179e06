import { expect, test } from 'vitest';
import { resolveType } from '../../src/generate/resolve-type.ts';
import { parameter } from '../support/help-models.ts';

const resolve = (type: string, acceptedValues: string[] = []) => resolveType(parameter('P', { type, acceptedValues }));

test.each([
  ['String', 'string', 'string'],
  ['string', 'string', 'string'],
  ['System.String', 'string', 'string'],
  ['System.String[]', 'string[]', 'string'],
  ['SwitchParameter', 'switch', 'boolean'],
  ['System.Management.Automation.SwitchParameter', 'switch', 'boolean'],
  ['Boolean', 'bool', 'boolean'],
  ['Int32', 'int', 'number'],
  ['int[]', 'int[]', 'number'],
  ['Double', 'double', 'number'],
  ['PSCredential', 'pscredential', 'PSCredential'],
])('%s is [%s] and %s', (type, powerShell, typeScript) => {
  expect(resolve(type)).toMatchObject({ powerShell, typeScript, isArray: type.endsWith('[]') });
});

test('an enum takes its name from the type and its values from the help', () => {
  expect(resolve('EnvironmentName', ['A', 'B'])).toMatchObject({
    powerShell: 'EnvironmentName',
    enumName: 'EnvironmentName',
    schema: { type: 'string', enum: ['A', 'B'] },
  });
});

test('an array, a Nullable and a collection are of the type that they hold', () => {
  expect(resolve('Int32?')).toMatchObject({
    powerShell: 'System.Nullable[int]',
    schema: { type: 'integer', nullable: true },
  });
  expect(resolve('System.Nullable`1[[System.DateTime, System.Private.CoreLib, Version=9.0.0.0]]')).toMatchObject({
    powerShell: 'System.Nullable[datetime]',
    typeScript: "WireScalar<'System.DateTime'>",
    isNullable: true,
  });
  expect(resolve('Nullable[Colour]', ['Red'])).toMatchObject({
    powerShell: 'System.Nullable[Colour]',
    schema: { type: 'string', enum: ['Red', null], nullable: true },
  });
  expect(resolve('System.Collections.Generic.List`1[System.String]')).toMatchObject({
    powerShell: 'System.Collections.Generic.List[string]',
    isArray: true,
    schema: { type: 'array', items: { type: 'string' } },
  });
  expect(resolve('Nullable[Int32][]')).toMatchObject({ powerShell: 'System.Nullable[int][]', isArray: true });
  expect(resolve('Dictionary[String,Object]')).toMatchObject({
    powerShell: 'System.Collections.Generic.Dictionary[string,object]',
    typeScript: 'Hashtable',
  });
  expect(resolve('Byte[]')).toMatchObject({
    powerShell: 'byte[]',
    typeScript: "WireScalar<'System.Byte[]'>",
    isArray: false,
  });
});

test('a class that no PowerShell has is told by the type name of its objects', () => {
  expect(resolve('Widgets.Models.PSWidget[]')).toMatchObject({
    powerShell: 'psobject[]',
    typeScript: 'TypedObject',
    objectTypeName: 'Widgets.Models.PSWidget',
    isArray: true,
  });
});

test('a list of such objects is an array of them', () => {
  expect(resolve('System.Collections.Generic.List`1[Widgets.Models.PSWidget]')).toEqual(
    resolve('Widgets.Models.PSWidget[]'),
  );
});

test('accepted values of a type that exists restrict it', () => {
  expect(resolve('Int32', ['1', '2'])).toMatchObject({ powerShell: 'int', acceptedValues: ['1', '2'] });
  expect(resolve('ConsoleColor', ['Red'])).toMatchObject({
    powerShell: 'System.ConsoleColor',
    acceptedValues: ['Red'],
  });
  expect(resolve('Boolean', ['True', 'False'])).toMatchObject({ powerShell: 'bool', acceptedValues: [] });
  expect(resolve('SwitchParameter', ['true'])).toMatchObject({ powerShell: 'switch', acceptedValues: ['true'] });
  expect(resolve('SwitchParameter', ['On'])).toMatchObject({ powerShell: 'switch', acceptedValues: [] });
});

test('accepted values make an enum of a .NET type that the table does not have', () => {
  expect(resolve('System.Management.Automation.ScopedItemOptions', ['None', 'ReadOnly'])).toMatchObject({
    enumName: 'ScopedItemOptions',
    schema: { type: 'string', enum: ['None', 'ReadOnly'] },
  });
});

test('a Nullable of what can be null is that type, and an array may hold arrays', () => {
  expect(resolve('System.Nullable`1[Contoso.IdentityType]')).toEqual(resolve('Contoso.IdentityType'));
  expect(resolve('Nullable[String]')).toEqual(resolve('String'));
  expect(resolve('System.String[][]')).toMatchObject({
    powerShell: 'string[][]',
    isArray: true,
    typeScript: '(readonly string[])',
    schema: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
  });
});

test('a type as PowerShell shows it with a PSTypeName has the whole as its name', () => {
  expect(resolve('IResultObject#SMS_Collection')).toMatchObject({ objectTypeName: 'IResultObject#SMS_Collection' });
});

test('an enum of the module may have the name of one of .NET', () => {
  expect(resolve('TraceLevel', ['Low', 'High'])).toMatchObject({ powerShell: 'TraceLevel', enumName: 'TraceLevel' });
  expect(resolve('Action', ['Allow', 'Block'])).toMatchObject({ enumName: 'Action' });
});

test.each([
  ['ScriptBlock', 'its text as String'],
  ['System.IO.FileInfo', 'a path as String'],
  ['ScriptBlock[]', 'its text as String'],
  ['System.Management.Automation.Runspaces.PSSession[]', 'a name or an id as String'],
  ['X509Certificate2', 'a thumbprint as String'],
  ['List[Regex]', 'its text as String'],
])('%s is refused: its values cannot leave the process', (type, instead) => {
  expect(resolve(type)).toEqual({
    unsupported: {
      code: 'type-cannot-cross',
      message: `Parameter -P is of type ${type}, whose values can't leave PowerShell's process.`,
      expected: `Expected ${instead}.`,
    },
  });
});

test.each([
  ['System.Widget', [], /unsupported type System\.Widget\. Expected a type that crosses to another process/],
  ['SwitchParameter[]', [], /unsupported type SwitchParameter\[\]/],
  ['List[Widget[]]', [], /unsupported type/],
  ['Dictionary[String,Widget]', [], /unsupported type/],
  ['Dictionary[Int32,String]', [], /unsupported type/],
  ['System.DayOfWeek', ['Caturday'], /'Caturday' is no accepted value/],
  ['int]; exit; [int', [], /unsupported type/],
  ['Number', ['Red'], /type Number, which no enum/],
  ['ColourName', ['Dark red'], /'Dark red' can't be a value of enum ColourName/],
  ['ColourName', ['Red; exit'], /can't be a value/],
  ['ColourName', ['value__'], /can't be a value/],
  ['Int32', ['1', 'two'], /'two' is no accepted value of type Int32/],
  ['PSCredential', ['me'], /'me' is no accepted value/],
])('%s with values %j is refused', (type, values, message) => {
  const resolved = resolve(type, values);
  expect('unsupported' in resolved && `${resolved.unsupported.message} ${resolved.unsupported.expected}`).toMatch(
    message,
  );
});
