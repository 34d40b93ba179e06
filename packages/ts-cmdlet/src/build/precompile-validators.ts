import path from 'node:path';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { type Static, Type } from 'typebox';
import { WriteError } from '../generate/replace-files.ts';
import { parameterTable } from '../schema/compile-parameter-table.ts';
import { parserOf } from '../schema/parser.ts';
import { COMMONJS_NAMES } from './bundle-names.ts';
import { loadInThread } from './load-in-thread.ts';
import { ownScript, RUNTIME_ALIAS, runtimeFolder, SCRIPT_EXTENSION } from './own-sources.ts';

/** Where a module exports a validator: the export's name first, then those of records that it is in. */
const Place = Type.Array(Type.String(), { minItems: 1 });
const ParameterSchema = Type.Object({ schema: Type.Object({}), takesPipelineInput: Type.Boolean() });
/** A validator that a module exports, or those of a cmdlet's parameters. */
const ExportedSchema = Type.Union([
  Type.Object({ place: Place, schema: Type.Object({}) }),
  Type.Object({ place: Place, parameters: ParameterSchema }),
]);
const ExportedSchemas = Type.Array(ExportedSchema);
type ExportedSchemas = Static<typeof ExportedSchemas>;
const parseExported = parserOf(ExportedSchemas);

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
        contents: validatorModule(await readSchemas(file)),
        loader: 'js',
        // `ajv`'s code imports its own helpers, and this package has them.
        resolveDir: runtimeFolder,
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
    alias: RUNTIME_ALIAS,
    ...COMMONJS_NAMES,
  });
  try {
    return parseExported(await loadInThread(outputFiles[0]?.text ?? '', 'it exports nothing'));
  } catch (error) {
    if (error instanceof WriteError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The validators of ${file} cannot be compiled: ${reason}`, { cause: error });
  }
}

function validatorModule(exported: ExportedSchemas): string {
  const ajv = new Ajv({ strict: true, strictNumbers: false, code: { source: true } });
  // The cmdlets of a module share few types: each is compiled once.
  const types = new Map<string, { index: number; code: string }>();
  const indexOf = (schema: object) => {
    const key = JSON.stringify(schema);
    const type = types.get(key) ?? { index: types.size, code: `validatorOf(${compiledSchema(ajv, schema)})` };
    types.set(key, type);
    return type.index;
  };
  const compiled = exported.map(one => {
    if ('schema' in one) return { place: one.place, code: `validatorOf(${compiledSchema(ajv, one.schema)})` };
    const { schema, takesPipelineInput } = one.parameters;
    // V8 skips a text faster than an object, and most cmdlets of a core are not called.
    const table = JSON.stringify(JSON.stringify(parameterTable(schema, indexOf)));
    return { place: one.place, code: `tableValidators(types, () => JSON.parse(${table}), ${takesPipelineInput})` };
  });
  // The author chose the exported names. They are not declared in this scope, so none can collide with ours.
  const exports = [...Map.groupBy(compiled, ({ place: [name] }) => name)].map(
    ([name, members], index) =>
      `const export${index} = ${literal(members, 1)};\nexport { export${index} as ${JSON.stringify(name)} };`,
  );
  return [
    `import { validatorOf } from ${JSON.stringify(ownScript('schema', 'validator'))};`,
    `import { tableValidators } from ${JSON.stringify(ownScript('schema', 'parameter-table'))};`,
    `const types = [${[...types.values()].map(({ code }) => code).join(',\n')}];`,
    ...exports,
  ].join('\n');
}

/**
 * Returns the source of an expression whose value is the function that `ajv` compiles from a schema. `ajv` uses the same
 * names for every schema, such as `schema11`, so the code stands in a function's scope. It forgets the schema afterwards,
 * because another one may have the same `$id`.
 */
function compiledSchema(ajv: Ajv, schema: object): string {
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  ajv.removeSchema();
  return `(module => {${code}\nreturn module.exports;})({})`;
}

/** The source of what stands at one place: a validator, or a record of what stands below. */
function literal(
  members: readonly { readonly place: readonly string[]; readonly code: string }[],
  depth: number,
): string {
  const [first] = members;
  if (first?.place.length === depth) return first.code;
  const entries = [...Map.groupBy(members, ({ place }) => place[depth])].map(
    ([key, below]) => `${JSON.stringify(key)}: ${literal(below, depth + 1)}`,
  );
  return `{ ${entries.join(', ')} }`;
}
