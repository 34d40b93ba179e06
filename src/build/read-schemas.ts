import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

// The worker of precompile-validators.ts: loads a module of validators and posts the schemas that they were made from.

const { file, compiler } = Value.Parse(Type.Object({ file: Type.String(), compiler: Type.String() }), workerData);
const { schemaOf }: typeof import('../host/compile-validator.ts') = await import(pathToFileURL(compiler).href);
const exported: Record<string, unknown> = await import(pathToFileURL(file).href);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

parentPort?.postMessage(
  Object.entries(exported).flatMap(([name, value]) => {
    const single = isObject(value) ? schemaOf(value) : undefined;
    if (single !== undefined) return [{ name, schema: single }];
    return Object.entries({ ...Object(value) }).map(([key, member]) => {
      const schema = isObject(member) ? schemaOf(member) : undefined;
      if (schema === undefined) throw new Error(`${file}: ${name}.${key} is not a validator.`);
      return { name, key, schema };
    });
  }),
);
