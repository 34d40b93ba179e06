import type { Static, TObject, TProperties, TUnsafe } from 'typebox';
import { Type } from './output-schemas.ts';
import type { ScalarType, TypedObject, WireScalar } from './values.ts';

/** A type of objects that cmdlets write: called with the properties of one, it makes the object. */
export interface Output<Name extends string, P extends TProperties> {
  (properties: Static<TObject<P>>): TypedObject<Static<TObject<P>>>;
  /** The type's name, one of an OUTPUTS of the help. */
  readonly typeName: Name;
  /** The properties by name, as TypeBox schemas. */
  readonly properties: P;
  /** The schema of a property that holds such an object. */
  readonly type: TUnsafe<TypedObject<Static<TObject<P>>>>;
}

/**
 * Declares the objects of a type, once: TypeScript checks each that is made, and where `serveCore` is told of the type,
 * PowerShell completes the properties and the build checks the views.
 * @example const Tag = declareOutput('GitHistory.Tag', { Name: Type.String(), Commit: Type.String() });
 */
export function declareOutput<Name extends string, P extends TProperties>(
  typeName: Name,
  properties: P,
): Output<Name, P> {
  type Properties = Static<TObject<P>>;
  const make = (values: Properties): TypedObject<Properties> => {
    return { $type: 'PSObject', $typeName: typeName, properties: { ...values } };
  };
  const type = Type.Unsafe<TypedObject<Properties>>({ [TYPE_NAME]: typeName, [PROPERTIES]: Type.Object(properties) });
  return Object.assign(make, { typeName, properties, type });
}

/** What a schema calls the type name of the objects that it is for: no keyword of JSON Schema. */
export const TYPE_NAME = 'x-typeName';
/** What it calls the schema of their properties. */
export const PROPERTIES = 'x-properties';

/** The schema of a value that JSON has nothing like, such as `scalarType('System.DateTimeOffset')`. */
export function scalarType<T extends ScalarType>(type: T): TUnsafe<WireScalar<T>> {
  return Type.Unsafe<WireScalar<T>>({ [TYPE_NAME]: type });
}

/** An output as a build reads it, whatever its properties are. */
export type AnyOutput = Pick<Output<string, TProperties>, 'typeName' | 'properties'>;

/**
 * An object of a declared type, as a parameter takes it: `outputs` is what the module declares. Of a type that is not among
 * them it is any object.
 */
export type ObjectOf<Outputs extends readonly AnyOutput[], Name extends string> =
  Extract<Outputs[number], { readonly typeName: Name }> extends { readonly properties: infer P extends TProperties }
    ? TypedObject<Crossed<Static<TObject<P>>>>
    : TypedObject;

/** A value that has been in PowerShell: what a handler may write in several forms comes back in one. */
type Crossed<T> = T extends bigint
  ? WireScalar<'System.Numerics.BigInteger'>
  : T extends readonly (infer Item)[]
    ? readonly Crossed<Item>[]
    : T extends object
      ? { readonly [Name in keyof T]: Crossed<T[Name]> }
      : T;
