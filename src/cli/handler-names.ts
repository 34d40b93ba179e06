import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build, type Message, type Plugin } from 'esbuild';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { finding } from './findings.ts';
import { type ModuleProject, shownPath } from './module-project.ts';

/** The cmdlets that a core has handlers for, or why that can't be told. */
export type HandlerNames = { readonly names: readonly string[] } | { readonly diagnostics: readonly HelpDiagnostic[] };

const secondsToLoad = 30;

/**
 * Asks the core itself which cmdlets it has handlers for: it is bundled with a `serveCore` that records them, and loaded
 * in a thread of its own. The module's folder is not touched.
 */
export async function readHandlerNames(project: ModuleProject, external: readonly string[]): Promise<HandlerNames> {
  const bundled = await bundle(project, external);
  if ('diagnostics' in bundled) return bundled;
  const folder = await mkdtemp(path.join(tmpdir(), 'handler-names-'));
  try {
    const file = path.join(folder, 'main.mjs');
    await writeFile(file, bundled.code);
    return { names: await load(file) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const expected = 'Expected an entry that ends with serveCore(cmdlets, parameterValidators)';
    return { diagnostics: [finding('entry-failed', { file: shownPath(project.entry) }, reason, expected)] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(
  { entry, host, types }: ModuleProject,
  external: readonly string[],
): Promise<{ code: string } | { diagnostics: HelpDiagnostic[] }> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [recordingHost(await realpath(host), types), externalByPath(external)],
  }).catch((error: unknown) => ({ errors: messagesOf(error), outputFiles: [] }));
  const [output] = result.outputFiles;
  return output === undefined ? { diagnostics: result.errors.map(bundleFailed) } : { code: output.text };
}

/** Puts the recording `serveCore` in the host's place; what checks parameters is not needed and costs time. */
function recordingHost(host: string, types: string): Plugin {
  return {
    name: 'recording-host',
    setup(build) {
      build.onLoad({ filter: /serve-core\.ts$/ }, ({ path: file }) => {
        if (file !== path.join(host, 'serve-core.ts')) return undefined;
        const recording = path.join(import.meta.dirname, 'recording-serve-core.ts');
        return { contents: `export * from ${JSON.stringify(recording)};`, resolveDir: import.meta.dirname };
      });
      build.onLoad({ filter: /parameter-validators\.ts$/ }, ({ path: file }) =>
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

function bundleFailed({ text, location }: Message): HelpDiagnostic {
  const at = { file: location?.file ?? 'main.ts', ...(location && { line: location.line }) };
  return finding('bundle-failed', at, text, 'Expected handlers that esbuild can bundle');
}

const Names = Type.Array(Type.String());

async function load(file: string): Promise<string[]> {
  const worker = new Worker(pathToFileURL(file), { stdout: true, stderr: true });
  // What the handlers print while they are loaded is none of this command's output.
  worker.stdout.resume();
  worker.stderr.resume();
  const timer = setTimeout(
    () => worker.emit('error', new Error(`It was not loaded within ${secondsToLoad} seconds`)),
    secondsToLoad * 1000,
  );
  try {
    return await new Promise<string[]>((resolve, reject) => {
      worker.once('message', names => resolve(Value.Parse(Names, names)));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('It ends without a call of serveCore')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
