import { parentPort } from 'node:worker_threads';
import { schemaOf } from '../host/compile-validator.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Posts the schemas of a module of validators: what it exports, or the members of a record that it exports. This runs in
 * the thread that precompile-validators.ts starts, in one bundle with the module. Throws for what is no validator.
 */
export function postSchemas(exported: Readonly<Record<string, unknown>>): void {
  parentPort?.postMessage(
    Object.entries(exported).flatMap(([name, value]) => {
      const single = isObject(value) ? schemaOf(value) : undefined;
      if (single !== undefined) return [{ name, schema: single }];
      return Object.entries({ ...Object(value) }).map(([key, member]) => {
        const schema = isObject(member) ? schemaOf(member) : undefined;
        if (schema === undefined) throw new Error(`${name}.${key} is not a validator.`);
        return { name, key, schema };
      });
    }),
  );
}
