import { Type } from 'typebox';
import { compileValidator } from './compile-validator.ts';
import { type ParameterTable, type TableValidators, tableValidators } from './parameter-table.ts';
import { parserOf } from './parser.ts';
import type { Validator } from './validator.ts';

/** The JSON Schema of a cmdlet's parameters, and whether it has a command line of its own. */
export interface ParameterSchema {
  readonly schema: object;
  readonly takesPipelineInput: boolean;
}

const schemas = new WeakMap<object, ParameterSchema>();

/** Makes a cmdlet's validators from the schema that is generated beside its type. A bundle has the same compiled ahead. */
export function compileParameterTable<Parameters, CommandLine>(
  schema: object,
  takesPipelineInput: boolean,
): TableValidators<Parameters, CommandLine> {
  const types: Validator<unknown>[] = [];
  const table = parameterTable(schema, type => types.push(compileValidator<unknown>(type)) - 1);
  const validators = tableValidators<Parameters, CommandLine>(types, () => table, takesPipelineInput);
  schemas.set(validators, { schema, takesPipelineInput });
  return validators;
}

/** What validators of this module were made from: what a bundler needs to make them ahead. */
export function parameterSchemaOf(validators: object): ParameterSchema | undefined {
  return schemas.get(validators);
}

const Variant = Type.Object({
  properties: Type.Intersect([
    Type.Object({ parameterSetName: Type.Object({ const: Type.String() }) }),
    Type.Record(Type.String(), Type.Object({})),
  ]),
  required: Type.Array(Type.String()),
});
const parseVariant = parserOf(Variant);
const parseVariants = parserOf(Type.Object({ oneOf: Type.Array(Variant) }));

/** A schema of parameters as a table. `indexOf` gives a type's index; the schemas of a parameter in several sets are the same. */
export function parameterTable(schema: object, indexOf: (type: object) => number): ParameterTable {
  const variants = 'oneOf' in schema ? parseVariants(schema).oneOf : [parseVariant(schema)];
  const ofNames = new Map<string, object>();
  for (const { properties } of variants) {
    const { parameterSetName: _, ...parameters } = properties;
    for (const [name, type] of Object.entries(parameters)) ofNames.set(name, ofNames.get(name) ?? type);
  }
  const sets = Object.fromEntries(
    variants.map(({ properties, required }) => [
      properties.parameterSetName.const,
      {
        required: required.filter(name => name !== 'parameterSetName'),
        absent: [...ofNames.keys()].filter(name => !Object.hasOwn(properties, name)),
      },
    ]),
  );
  return { types: Object.fromEntries([...ofNames].map(([name, type]) => [name, indexOf(type)])), sets };
}
