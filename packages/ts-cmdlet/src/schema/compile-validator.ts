import { Ajv, type ValidateFunction } from 'ajv';
import type { Static, TSchema } from 'typebox';
import { type Validator, validatorOf } from './validator.ts';

const schemas = new WeakMap<object, object>();

/** Compiles a JSON Schema with `ajv`, when it is first needed. A bundle has the same compiled ahead. */
export function compileValidator<T extends TSchema>(schema: T): Validator<Static<T>>;
/** The same for a schema that was generated beside its TypeScript type. */
export function compileValidator<T>(schema: object): Validator<T>;
export function compileValidator(schema: object): Validator<unknown> {
  let compiled: ValidateFunction | undefined;
  const compile = () => {
    // PowerShell's Single and Double have NaN and Infinity, and so has JavaScript's number.
    compiled ??= new Ajv({ strict: true, strictNumbers: false }).compile(schema);
    return compiled;
  };
  const lazy = Object.defineProperty((value: unknown) => compile()(value) === true, 'errors', {
    get: () => compiled?.errors,
  });
  const validator = validatorOf(lazy);
  schemas.set(validator, schema);
  return validator;
}

/** The schema that a validator of this module was compiled from: what a bundler needs to compile it ahead. */
export function schemaOf(validator: object): object | undefined {
  return schemas.get(validator);
}
