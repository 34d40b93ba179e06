import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** A validator that a module exports, by itself or, with a `key`, in a record. */
const ExportedSchema = Type.Object({
  name: Type.String(),
  key: Type.Optional(Type.String()),
  schema: Type.Object({}),
});
const ExportedSchemas = Type.Array(ExportedSchema);
type ExportedSchemas = Static<typeof ExportedSchemas>;

/**
 * An esbuild plugin that compiles JSON Schemas ahead: a module named `*-validators.ts`, which exports validators or
 * records of them and nothing else, is replaced by one with `ajv`'s standalone code. So neither `ajv` nor the schemas
 * are loaded when a core starts, and no code is made from text at run time. `host` is the folder of the host's sources
 * that those modules import.
 */
export function precompileValidators(host: string): Plugin {
  return {
    name: 'precompile-validators',
    setup(build) {
      build.onLoad({ filter: /[\\/][a-z-]+-validators\.ts$/ }, async ({ path: file }) => ({
        contents: validatorModule(await readSchemas(file, host), path.join(host, 'validator.ts')),
        loader: 'js',
        // `ajv`'s code imports its own helpers, and the project of the host has them.
        resolveDir: host,
      }));
    },
  };
}

/** Loads the module in a thread of its own, so that a second build in this process sees what has changed since. */
function readSchemas(file: string, host: string): Promise<ExportedSchemas> {
  const compiler = path.join(host, 'compile-validator.ts');
  const reader = new Worker(new URL('./read-schemas.ts', import.meta.url), { workerData: { file, compiler } });
  return new Promise((resolve, reject) => {
    reader.once('message', schemas => resolve(Value.Parse(ExportedSchemas, schemas)));
    reader.once('error', reject);
    reader.once('exit', () => reject(new Error(`${file} could not be loaded.`)));
  });
}

function validatorModule(exported: ExportedSchemas, validator: string): string {
  const ajv = new Ajv({ strict: true, code: { source: true, esm: true } });
  const compiled = exported.map(({ schema, ...place }, index) => {
    ajv.addSchema(schema, `schema${index}`);
    return { ...place, code: `validatorOf(schema${index})` };
  });
  const lines = [...Map.groupBy(compiled, ({ name }) => name)].map(([name, members]) => {
    const entries = members.map(({ key, code }) => (key === undefined ? code : `${JSON.stringify(key)}: ${code},`));
    return `export const ${name} = ${members[0]?.key === undefined ? entries.join() : `{ ${entries.join(' ')} }`};`;
  });
  const references = Object.fromEntries(compiled.map((_, index) => [`schema${index}`, `schema${index}`]));
  const code = standaloneCode.default(ajv, references);
  return [`import { validatorOf } from ${JSON.stringify(validator)};`, code, ...lines].join('\n');
}
