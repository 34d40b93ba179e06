import type { ErrorObject } from 'ajv';

/** A compiled schema: tells whether a value has the shape, and if not, why. */
export interface Validator<T> {
  accepts(value: unknown): value is T;
  /** Why the last value was refused, such as `/parameters must be object`. */
  explain(): string;
}

/** What `ajv` makes of a schema, at run time or ahead of it. */
export interface CompiledSchema {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Wraps a compiled schema; `T` is the type that was written beside the schema. */
export function validatorOf<T>(compiled: CompiledSchema): Validator<T> {
  return {
    accepts: (value): value is T => compiled(value),
    explain() {
      const error = compiled.errors?.at(-1);
      return error ? `${error.instancePath} ${error.message ?? error.keyword}`.trim() : 'not of the expected shape';
    },
  };
}
