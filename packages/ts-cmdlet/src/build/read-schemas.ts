import { parentPort } from 'node:worker_threads';
import { schemaOf } from '../schema/compile-validator.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Posts the schemas of a module of validators: what it exports is validators, or records of them. Each goes with its place,
 * the export's name first. This runs in the thread that precompile-validators.ts starts, in one bundle with the module.
 * Throws for what is no validator.
 */
export function postSchemas(exported: Readonly<Record<string, unknown>>): void {
  parentPort?.postMessage(Object.entries(exported).flatMap(([name, value]) => schemasIn([name], value)));
}

function schemasIn(place: readonly string[], value: unknown): { place: readonly string[]; schema: object }[] {
  if (!isObject(value)) throw new Error(`${place.join('.')} is not a validator.`);
  const schema = schemaOf(value);
  if (schema !== undefined) return [{ place, schema }];
  return Object.entries(value).flatMap(([key, member]) => schemasIn([...place, key], member));
}
