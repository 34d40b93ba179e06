import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Message, type Plugin } from 'esbuild';
import { Type } from 'typebox';
import { COMMONJS_NAMES } from '../build/bundle-names.ts';
import { isFolder, watchSources } from '../build/bundled-sources.ts';
import { loadInThread } from '../build/load-in-thread.ts';
import { ownScript, RUNTIME_ALIAS, SCRIPT_EXTENSION } from '../build/own-sources.ts';
import type { CompletedParameters } from '../generate/completers.ts';
import type { DeclaredOutput } from '../generate/declared-outputs.ts';
import { WriteError } from '../generate/replace-files.ts';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { parserOf } from '../schema/parser.ts';
import { bundleFailed, bundleHazard, bundleWarning } from './bundle-findings.ts';
import { finding } from './findings.ts';
import { type ModuleProject, shownPath } from './module-project.ts';

/** The cmdlets that a core has handlers for; without them, why that can't be told. */
export interface HandlerNames {
  readonly names?: readonly string[];
  /** The parameters that they complete, by cmdlet. */
  readonly completed?: CompletedParameters;
  /** The types of objects that they declare. */
  readonly outputs?: readonly DeclaredOutput[];
  /** What is wrong or doubtful with the bundle. */
  readonly diagnostics: readonly HelpDiagnostic[];
}

const parseEntry = parserOf(
  Type.Object({
    handlers: Type.Array(Type.Object({ name: Type.String(), completed: Type.Array(Type.String()) })),
    outputs: Type.Array(
      Type.Object({
        typeName: Type.String(),
        properties: Type.Record(Type.String(), Type.Object({ 'x-typeName': Type.Optional(Type.String()) })),
      }),
    ),
  }),
);
const SILENCE = 'It ends without a call of serveCore';

/**
 * Asks the core itself which cmdlets it has handlers for: it is bundled with a `serveCore` that records them, and loaded
 * in a thread of its own. The module's folder is not touched. Throws `WriteError`.
 */
export async function readHandlerNames(project: ModuleProject, external: readonly string[]): Promise<HandlerNames> {
  const bundled = await bundle(project, external);
  const { code, diagnostics } = bundled;
  if (code === undefined) return bundled;
  try {
    const { handlers, outputs: read } = parseEntry(await loadInThread(code, SILENCE));
    const outputs = read.map(({ typeName, properties }) => ({ typeName, properties: innerTypes(properties) }));
    const completed = Object.fromEntries(handlers.map(({ name, completed: parameters }) => [name, parameters]));
    return { names: handlers.map(({ name }) => name), completed, outputs, diagnostics };
  } catch (error) {
    if (error instanceof WriteError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const outside = diagnostics.filter(({ code }) => code === 'package-not-bundled').map(each => each.expected);
    const expected =
      outside.length > 0
        ? outside.join('; ')
        : reason === SILENCE
          ? 'Expected an entry that ends with serveCore(cmdlets, parameterValidators)'
          : 'Expected sources that can be loaded wherever they are built: what depends on the place belongs into run';
    const at = placeOf(error, project.root) ?? { file: shownPath(project.entry) };
    return { diagnostics: [...diagnostics, finding('entry-failed', at, reason, expected)] };
  }
}

function innerTypes(properties: Readonly<Record<string, { 'x-typeName'?: string }>>): DeclaredOutput['properties'] {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { 'x-typeName': typeName }]) => [name, typeName ? { typeName } : {}]),
  );
}

/** The first place of the module's own in an error's stack. */
function placeOf(error: unknown, root: string): { file: string; line: number } | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = [...stack.matchAll(/^ +at (?:.*\()?(?:file:\/\/)?(.+?):(\d+):\d+\)?$/gm)];
  const own = places.find(([, file = '']) => file.startsWith(root) && !file.includes('node_modules'));
  return own && { file: shownPath(own[1] ?? ''), line: Number(own[2]) };
}

async function bundle(
  { root, entry, types }: ModuleProject,
  external: readonly string[],
): Promise<{ code?: string; diagnostics: HelpDiagnostic[] }> {
  const sources = watchSources(file => pathToFileURL(isFolder(file) ? `${file}${path.sep}` : file).href);
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    outfile: path.join(root, 'main.mjs'),
    sourcemap: 'inline',
    sourcesContent: false,
    sourceRoot: pathToFileURL(`${root}${path.sep}`).href,
    alias: RUNTIME_ALIAS,
    ...COMMONJS_NAMES,
    plugins: [recordingHost(types), externalByPath(external), sources.plugin],
  }).catch((error: unknown) => ({ errors: messagesOf(error), warnings: [], outputFiles: [] }));
  const [output] = result.outputFiles;
  if (output === undefined) return { diagnostics: result.errors.map(bundleFailed) };
  const diagnostics = [...result.warnings.map(bundleWarning), ...sources.hazards.map(bundleHazard)];
  return { code: output.text, diagnostics };
}

/** Puts the recording `serveCore` in the host's place; what checks parameters is not needed and costs time. */
function recordingHost(types: string): Plugin {
  const recording = path.join(import.meta.dirname, `recording-serve-core${SCRIPT_EXTENSION}`);
  return {
    name: 'recording-host',
    setup({ onLoad }) {
      onLoad({ filter: /serve-core\.[jt]s$/ }, ({ path: file }) =>
        file === ownScript('runtime', 'serve-core')
          ? { contents: `export * from ${JSON.stringify(recording)};`, resolveDir: import.meta.dirname }
          : undefined,
      );
      onLoad({ filter: /parameter-validators\.ts$/ }, ({ path: file }) =>
        path.dirname(file) === types ? { contents: 'export const parameterValidators = {};' } : undefined,
      );
    },
  };
}

/** Leaves packages outside by their full path: the bundle runs where Node would not find them by name. */
function externalByPath(packages: readonly string[]): Plugin {
  return {
    name: 'external-by-path',
    setup(build) {
      build.onResolve({ filter: /^[^.]/ }, async ({ path: name, kind, resolveDir, importer, pluginData }) => {
        const isExternal = packages.some(each => name === each || name.startsWith(`${each}/`));
        if (!isExternal || pluginData === 'resolved') return undefined;
        const found = await build.resolve(name, { kind, resolveDir, importer, pluginData: 'resolved' });
        return found.errors.length > 0 ? found : { path: pathToFileURL(found.path).href, external: true };
      });
    },
  };
}

function messagesOf(error: unknown): readonly Message[] {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) return error.errors;
  throw error;
}
