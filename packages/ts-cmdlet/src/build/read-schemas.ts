import { parentPort } from 'node:worker_threads';
import { type ParameterSchema, parameterSchemaOf } from '../schema/compile-parameter-table.ts';
import { schemaOf } from '../schema/compile-validator.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Posts the schemas of a module of validators: what it exports is validators, or records of them. Each goes with its place,
 * the export's name first; the validators of a cmdlet's parameters are one. This runs in the thread that precompile-validators.ts starts, in one bundle with the module.
 * Throws for what is no validator.
 */
export function postSchemas(exported: Readonly<Record<string, unknown>>): void {
  parentPort?.postMessage(Object.entries(exported).flatMap(([name, value]) => schemasIn([name], value)));
}

type Found = { readonly place: readonly string[] } & (
  | { readonly schema: object }
  | { readonly parameters: ParameterSchema }
);

function schemasIn(place: readonly string[], value: unknown): Found[] {
  if (!isObject(value)) throw new Error(`${place.join('.')} is not a validator.`);
  const schema = schemaOf(value);
  if (schema !== undefined) return [{ place, schema }];
  const parameters = parameterSchemaOf(value);
  if (parameters !== undefined) return [{ place, parameters }];
  return Object.entries(value).flatMap(([key, member]) => schemasIn([...place, key], member));
}
