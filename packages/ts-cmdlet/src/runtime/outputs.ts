import type { Static, TObject, TProperties, TUnsafe } from 'typebox';
import { Type } from './output-schemas.ts';
import type { ScalarType, TypedObject, WireScalar } from './values.ts';
import { typedObject } from './values.ts';

/** A type of objects that cmdlets write: called with the properties of one, it makes the object. */
export interface Output<P extends TProperties> {
  (properties: Static<TObject<P>>): TypedObject;
  /** The type's name, one of an OUTPUTS of the help. */
  readonly typeName: string;
  /** The properties by name, as TypeBox schemas. */
  readonly properties: P;
  /** The schema of a property that holds such an object. */
  readonly type: TUnsafe<TypedObject>;
}

/**
 * Declares the objects of a type, once: TypeScript checks each that is made, and where `serveCore` is told of the type,
 * PowerShell completes the properties and the build checks the views.
 * @example const Tag = declareOutput('GitHistory.Tag', { Name: Type.String(), Commit: Type.String() });
 */
export function declareOutput<P extends TProperties>(typeName: string, properties: P): Output<P> {
  const make = (values: Static<TObject<P>>) => typedObject(typeName, { ...values });
  return Object.assign(make, { typeName, properties, type: Type.Unsafe<TypedObject>({ [TYPE_NAME]: typeName }) });
}

/** What a schema calls the type name of the objects that it is for: no keyword of JSON Schema. */
const TYPE_NAME = 'x-typeName';

/** The schema of a value that JSON has nothing like, such as `scalarType('System.DateTimeOffset')`. */
export function scalarType<T extends ScalarType>(type: T): TUnsafe<WireScalar<T>> {
  return Type.Unsafe<WireScalar<T>>({ [TYPE_NAME]: type });
}

/** An output as a build reads it, whatever its properties are. */
export type AnyOutput = Pick<Output<TProperties>, 'typeName' | 'properties'>;
