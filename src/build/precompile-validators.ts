import path from 'node:path';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { HOST_ALIAS, hostFolder, hostScript, SCRIPT_EXTENSION } from './host-sources.ts';
import { loadInThread, REQUIRE_BANNER } from './load-in-thread.ts';

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
 * are loaded when a core starts, and no code is made from text at run time.
 */
export function precompileValidators(): Plugin {
  return {
    name: 'precompile-validators',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/][a-z-]+-validators\.[jt]s$/ }, async ({ path: file }) => ({
        contents: validatorModule(await readSchemas(file), hostScript('validator')),
        loader: 'js',
        // `ajv`'s code imports its own helpers, and the project of the host has them.
        resolveDir: hostFolder,
      }));
    },
  };
}

/** Loads the module in a thread of its own, so that a second build in this process sees what has changed since. */
async function readSchemas(file: string): Promise<ExportedSchemas> {
  const reader = path.join(import.meta.dirname, `read-schemas${SCRIPT_EXTENSION}`);
  const contents = `import * as exported from ${JSON.stringify(file)};
    import { postSchemas } from ${JSON.stringify(reader)};
    postSchemas(exported);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path.dirname(file) },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    alias: HOST_ALIAS,
    banner: { js: REQUIRE_BANNER },
  });
  try {
    return Value.Parse(ExportedSchemas, await loadInThread(outputFiles[0]?.text ?? ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The validators of ${file} cannot be compiled: ${reason}`, { cause: error });
  }
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
