import type { TProperties } from 'typebox';
import { Type } from './output-schemas.ts';
import { type AnyOutput, PROPERTIES, TYPE_NAME } from './outputs.ts';

// What checks the objects that parameters take, made from the types that the module declares.

type Schema = Readonly<Record<string, unknown>>;

/** The parameters' schema of a cmdlet, with what is declared of an object in the place of its type's name. */
export function withDeclaredObjects(schema: object, outputs: readonly AnyOutput[]): object {
  const declared = new Map(outputs.map(({ typeName, properties }) => [typeName, properties]));
  return eachSchema({ ...schema }, ({ [TYPE_NAME]: typeName, ...rest }) => {
    if (typeof typeName !== 'string') return undefined;
    const properties = declared.get(typeName);
    return properties === undefined ? rest : objectSchema(properties);
  });
}

function objectSchema(properties: TProperties): Schema {
  // Schemas of TypeBox have members of its own.
  const plain: Schema = JSON.parse(JSON.stringify(Type.Object(properties)));
  return objectOf(crossedSchema(plain));
}

function objectOf(properties: Schema): Schema {
  return tagged('PSObject', { $typeName: { type: 'string' }, properties });
}

/** The schema of a value as it comes from PowerShell. */
function crossedSchema(schema: Schema): Schema {
  return eachSchema(schema, ({ [TYPE_NAME]: typeName, [PROPERTIES]: properties, type }) => {
    if (isSchema(properties)) return objectOf(crossedSchema(properties));
    if (typeof typeName === 'string') return tagged(typeName, { value: { type: 'string' } });
    return type === 'bigint' ? tagged('System.Numerics.BigInteger', { value: { type: 'string' } }) : undefined;
  });
}

function tagged(type: string, properties: Schema): Schema {
  const members = { $type: { const: type }, ...properties };
  return { type: 'object', properties: members, required: Object.keys(members), additionalProperties: false };
}

/** A schema with others in the place of those inside of it for which `replace` has one. */
function eachSchema(schema: Schema, replace: (schema: Schema) => Schema | undefined): Schema {
  const replaced = replace(schema);
  if (replaced !== undefined) return replaced;
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    return isSchema(value) ? eachSchema(value, replace) : value;
  };
  const members = Object.entries(schema).map(([name, value]) => {
    if (name === 'properties' && isSchema(value))
      return [name, Object.fromEntries(Object.entries(value).map(([property, each]) => [property, inside(each)]))];
    return [name, ['items', 'anyOf', 'oneOf', 'allOf'].includes(name) ? inside(value) : value];
  });
  return Object.fromEntries(members);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
