import { expect, test } from 'vitest';
import { RpcError } from '../../src/protocol/json-rpc.ts';
import { CmdletError, defineCmdlet, type Plan } from '../../src/runtime/cmdlet.ts';
import { createRegistry } from '../../src/runtime/cmdlet-registry.ts';
import { compileParameters } from '../../src/runtime/compile-parameters.ts';
import { Type } from '../../src/runtime/output-schemas.ts';
import { declareOutput, type ObjectOf, scalarType } from '../../src/runtime/outputs.ts';
import type { TypedObject, WireScalar } from '../../src/runtime/values.ts';

// A parameter that takes objects of a declared type hands the handler what is declared, or the call ends with an error that
// names the member. What arrives has the forms of values.ts.

const Owner = declareOutput('Shop.Owner', { Name: Type.String(), Since: scalarType('System.DateTimeOffset') });
const Widget = declareOutput('Shop.Widget', {
  Name: Type.String(),
  Size: Type.Integer(),
  Weight: Type.Optional(Type.Number()),
  Digits: Type.Optional(Type.BigInt()),
  Parts: Type.Array(Type.Integer()),
  Kind: Type.Union([Type.Literal('Large'), Type.Literal('Small')]),
  Owner: Owner.type,
  Note: Type.Union([Type.String(), Type.Null()]),
});
const outputs = [Owner, Widget] as const;

interface WidgetParameters {
  readonly parameterSetName: 'All';
  readonly Widget?: readonly ObjectOf<typeof outputs, 'Shop.Widget'>[];
  readonly Other?: ObjectOf<typeof outputs, 'Shop.Other'>;
  readonly properties?: number;
}

const object = (typeName: string) => ({
  type: 'object',
  properties: { $type: { const: 'PSObject' }, $typeName: { type: 'string' }, properties: { type: 'object' } },
  required: ['$type', '$typeName', 'properties'],
  additionalProperties: false,
  'x-typeName': typeName,
});
const schema = {
  type: 'object',
  properties: {
    parameterSetName: { const: 'All' },
    Widget: { type: 'array', items: object('Shop.Widget') },
    Other: object('Shop.Other'),
    properties: { type: 'integer' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
};

/** What the handler is handed; throws what the call ends with. */
function handed(parameters: Record<string, unknown>): WidgetParameters {
  let seen: WidgetParameters | undefined;
  const cmdlet = defineCmdlet<WidgetParameters, Plan>({
    plan(given) {
      seen = given;
      return {};
    },
    run: () => Promise.resolve(),
  });
  const validators = compileParameters<WidgetParameters>(schema, false, outputs);
  const begin = createRegistry<{ Cmdlet: WidgetParameters }>({ Cmdlet: cmdlet }, { Cmdlet: validators });
  begin('Cmdlet', new AbortController().signal).prepare({ parameterSetName: 'All', parameters });
  if (seen === undefined) throw new Error('The handler was not called.');
  return seen;
}

const typed = (typeName: string, properties: object) => ({ $type: 'PSObject', $typeName: typeName, properties });
const int64 = (value: string) => ({ $type: 'System.Int64', value });
const since = { $type: 'System.DateTimeOffset', value: '2024-05-01T12:30:00.0000000+02:00' };
const widget = (properties: object = {}) =>
  typed('Shop.Widget', {
    Name: 'Cog',
    Size: 5,
    Parts: [1],
    Kind: 'Large',
    Owner: typed('Shop.Owner', { Name: 'Ada', Since: since }),
    Note: null,
    ...properties,
  });

test('a handler has the members of an object as they are declared, in the forms that it writes', () => {
  const digits = { $type: 'System.Numerics.BigInteger', value: '123' };
  const given = widget({ Size: int64('5000000000'), Weight: null, Digits: digits, Parts: [1, int64('6000000000')] });
  const [first] = handed({ Widget: [given] }).Widget ?? [];
  // The declared types, for the type check of this file.
  const size: number | undefined = first?.properties.Size;
  const weight: number | undefined = first?.properties.Weight;
  const [, part]: readonly number[] = first?.properties.Parts ?? [];
  const kind: 'Large' | 'Small' | undefined = first?.properties.Kind;
  const big: WireScalar<'System.Numerics.BigInteger'> | undefined = first?.properties.Digits;
  const owner: string | undefined = first?.properties.Owner.properties.Name;
  const note: string | null | undefined = first?.properties.Note;
  expect({ size, weight, part, kind, big, owner, note }).toEqual({
    size: 5_000_000_000,
    weight: undefined,
    part: 6_000_000_000,
    kind: 'Large',
    big: digits,
    owner: 'Ada',
    note: null,
  });
});

test('an object has members beside those that are declared, and one of no declared type is any', () => {
  expect(handed({ Widget: [widget({ Extra: since })] }).Widget?.[0]?.properties).toMatchObject({ Extra: since });
  const other: TypedObject | undefined = handed({ Other: typed('Shop.Other', { Anything: 1 }) }).Other;
  expect(other?.properties).toEqual({ Anything: 1 });
});

test.each([
  [{ Name: 5 }, 'its property Name must be string'],
  [{ Name: null }, "it must have required property 'Name'"],
  [{ Size: 1.5 }, 'its property Size must be integer'],
  [{ Size: int64('9007199254740993') }, 'its property Size must be integer'],
  [{ Size: { $type: 'System.Decimal', value: '5' } }, 'its property Size must be integer'],
  [{ Weight: '5' }, 'its property Weight must be number'],
  [{ Digits: 123 }, 'its property Digits must be object'],
  [{ Parts: [1, 'two'] }, 'its property Parts.1 must be integer'],
  [{ Kind: 'Middling' }, 'its property Kind must match a schema in anyOf'],
  [{ Owner: typed('Shop.Owner', { Name: 'Ada' }) }, "its property Owner must have required property 'Since'"],
  [{ Owner: typed('Shop.Owner', { Name: 7, Since: since }) }, 'its property Owner.Name must be string'],
])('an object with %j is refused by a message that names the member', (properties, what) => {
  const call = () => handed({ Widget: [widget(), widget(properties)] });
  expect(call).toThrow(CmdletError);
  expect(call).toThrow(`The object of type Shop.Widget for -Widget is not as its type is declared: ${what}.`);
});

test('what is wrong outside of an object is a fault of the protocol, also in a parameter named properties', () => {
  for (const parameters of [{ Widget: widget() }, { Widget: [5] }, { properties: null }, { properties: int64('5') }])
    expect(() => handed(parameters)).toThrow(RpcError);
});
