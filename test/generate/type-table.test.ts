import { expect, test } from 'vitest';
import { resolveType } from '../../src/generate/type-table.ts';
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

test.each([
  [
    'Widget',
    [],
    /unsupported type Widget\. Expected one of String, SwitchParameter, .*, an array of these, or an enum/,
  ],
  ['SwitchParameter[]', [], /unsupported type SwitchParameter\[\]/],
  ['ConsoleColor', ['Red'], /unsupported type ConsoleColor/],
  ['System.IO.FileMode', ['Open'], /unsupported type System\.IO\.FileMode/],
  ['Colour-Name', ['Red'], /can't name an enum/],
  ['ColourName', ['Dark red'], /'Dark red' can't be a value of enum ColourName/],
  ['ColourName', ['Red; exit'], /can't be a value/],
  ['Int32', ['1', '2'], /has accepted values\. Expected a String/],
])('%s with values %j is refused', (type, values, message) => {
  const resolved = resolve(type, values);
  expect('unsupported' in resolved && `${resolved.unsupported.message} ${resolved.unsupported.expected}`).toMatch(
    message,
  );
});
