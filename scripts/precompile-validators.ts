import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { schemaOf } from '../src/host/compile-validator.ts';

/**
 * An esbuild plugin that compiles JSON Schemas ahead: a module named `*-validators.ts`, which exports validators or
 * records of them and nothing else, is replaced by one with `ajv`'s standalone code. So neither `ajv` nor the schemas
 * are loaded when a core starts, and no code is made from text at run time.
 */
export const precompileValidators: Plugin = {
  name: 'precompile-validators',
  setup(build) {
    build.onLoad({ filter: /-validators\.ts$/ }, async ({ path }) => {
      const exported: Record<string, unknown> = await import(pathToFileURL(path).href);
      return { contents: validatorModule(exported), loader: 'js', resolveDir: import.meta.dirname };
    });
  },
};

function validatorModule(exported: Record<string, unknown>): string {
  const ajv = new Ajv({ strict: true, code: { source: true, esm: true } });
  const references: Record<string, string> = {};
  const register = (value: unknown): string | undefined => {
    const schema = typeof value === 'object' && value !== null ? schemaOf(value) : undefined;
    if (schema === undefined) return undefined;
    const name = `schema${Object.keys(references).length}`;
    ajv.addSchema(schema, name);
    references[name] = name;
    return `validatorOf(${name})`;
  };
  const lines = Object.entries(exported).map(([name, value]) => {
    const single = register(value);
    if (single !== undefined) return `export const ${name} = ${single};`;
    const entries = Object.entries({ ...Object(value) }).map(([key, member]) => {
      const code = register(member);
      if (code === undefined) throw new Error(`${name}.${key} is not a validator.`);
      return `${JSON.stringify(key)}: ${code}`;
    });
    return `export const ${name} = { ${entries.join(', ')} };`;
  });
  const code = standaloneCode.default(ajv, references);
  return [`import { validatorOf } from '../src/host/validator.ts';`, code, ...lines].join('\n');
}
