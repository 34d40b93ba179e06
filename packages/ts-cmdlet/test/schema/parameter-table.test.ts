import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileParameterTable } from '../../src/schema/compile-parameter-table.ts';

// A table says what ajv says of the whole JSON Schema that it was made from, where a parameter may be called `constructor`.

const text = { type: 'string' };
const colour = { type: 'string', enum: ['Red', 'Green'] };
const guid = {
  type: 'object',
  properties: { $type: { const: 'System.Guid' }, value: { type: 'string' } },
  required: ['$type', 'value'],
  additionalProperties: false,
};
const types = {
  Name: text,
  Colour: colour,
  Id: guid,
  Count: { type: 'array', items: { type: 'integer' } },
  constructor: {},
};

const names = fc.subarray(Object.keys(types) as (keyof typeof types)[]);

/** A set with some of the parameters, of which some are required. */
const set = names.chain(parameters =>
  fc.record({ parameters: fc.constant(parameters), required: fc.subarray(parameters) }),
);

/** The schema of one set or two, as it is generated beside the type of a cmdlet's parameters. */
const schema = fc.array(set, { minLength: 1, maxLength: 2 }).map(sets => {
  const variants = sets.map(({ parameters, required }, index) => ({
    type: 'object',
    properties: {
      parameterSetName: { const: `Set${index}` },
      ...Object.fromEntries(parameters.map(name => [name, types[name]])),
    },
    required: ['parameterSetName', ...required],
    additionalProperties: false,
  }));
  return variants.length === 1
    ? { $id: 'Get-Thing', ...variants[0] }
    : { $id: 'Get-Thing', type: 'object', oneOf: variants };
});

const member = fc.oneof(
  fc.constantFrom('Red', 'Blue', 1, null, true, undefined),
  fc.constantFrom({ $type: 'System.Guid', value: '1' }, { $type: 'System.Guid' }, [1, 2], ['1'], {}),
);
const keys = fc.constantFrom('parameterSetName', ...Object.keys(types), 'Other', 'toString', '__proto__');
const setName = fc.constantFrom('Set0', 'Set1', 'toString', undefined, 1);
const value = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(setName, fc.dictionary(keys, member))
      .map(([name, rest]) => ({ ...rest, parameterSetName: name })),
  },
  { weight: 1, arbitrary: fc.oneof(member, fc.dictionary(keys, member)) },
);

/** What crosses between the processes is JSON: there is no undefined. */
const json = value.map((each): unknown => JSON.parse(JSON.stringify(each) ?? 'null'));

test('the parameters of a table are those that ajv accepts by the schema', () => {
  fc.assert(
    fc.property(schema, fc.array(json, { minLength: 30, maxLength: 60 }), (generated, values) => {
      const validate = new Ajv({ strict: true, ownProperties: true }).compile(generated);
      const { parameters } = compileParameterTable(generated, false);
      for (const each of values) expect(parameters.accepts(each), JSON.stringify(each)).toBe(validate(each));
    }),
    { numRuns: 50 },
  );
});

test('a command line may have each parameter of any set, and lack any', () => {
  fc.assert(
    fc.property(schema, fc.array(json, { minLength: 30, maxLength: 60 }), (generated, values) => {
      const variants = 'oneOf' in generated ? generated.oneOf : [generated];
      const properties = Object.fromEntries(
        variants
          .flatMap(variant => Object.entries(variant.properties ?? {}))
          .filter(([name]) => name !== 'parameterSetName'),
      );
      const validate = new Ajv({ strict: true, ownProperties: true }).compile({
        type: 'object',
        properties,
        additionalProperties: false,
      });
      const { commandLine } = compileParameterTable(generated, true);
      for (const each of values) expect(commandLine?.accepts(each), JSON.stringify(each)).toBe(validate(each));
    }),
    { numRuns: 50 },
  );
});

const example = {
  type: 'object',
  properties: { parameterSetName: { const: 'ById' }, Id: guid, Colour: colour },
  required: ['parameterSetName', 'Id'],
  additionalProperties: false,
};
const id = { $type: 'System.Guid', value: '1' };

test.each([
  ['not an object', 1, 'must be object'],
  ['another set', { parameterSetName: 'ByName' }, '/parameterSetName must be the name of a parameter set'],
  ['a missing parameter', { parameterSetName: 'ById' }, "must have required property 'Id'"],
  ['an unknown parameter', { parameterSetName: 'ById', Id: id, Size: 1 }, "must NOT have the property 'Size'"],
  ['a value within', { parameterSetName: 'ById', Id: { ...id, value: 1 } }, '/Id/value must be string'],
  [
    'a value',
    { parameterSetName: 'ById', Id: id, Colour: 'Blue' },
    '/Colour must be equal to one of the allowed values',
  ],
])('%s is told by its place', (_, given, reason) => {
  const { parameters } = compileParameterTable(example, false);
  expect(parameters.accepts(given)).toBe(false);
  expect(parameters.explain()).toBe(reason);
});
