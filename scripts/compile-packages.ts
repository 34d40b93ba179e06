import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { compileAssembly } from './compile-assembly.ts';

// Compiles the package ts-cmdlet into its dist: TypeScript to JavaScript with types, because Node.js strips no types inside of
// node_modules, and the host, which is C#. npm runs this when the project is installed.

const root = path.join(import.meta.dirname, '..', 'packages', 'ts-cmdlet');
const dist = path.join(root, 'dist');

/** The folders whose code every command needs, and no module. */
const LIBRARY = ['help', 'generate'];

try {
  const host = await compileAssembly(path.join(root, 'src', 'host'), 'TsCmdlet.Host.dll');
  await rm(dist, { recursive: true, force: true });
  const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const compiler = path.join(typescript, 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '--project', 'tsconfig.dist.json'], { cwd: root, stdio: 'inherit' });
  await bundleTypeBox();
  await bundleLibrary();
  await cp(path.join(root, 'src', 'cli', 'template'), path.join(dist, 'cli', 'template'), { recursive: true });
  await mkdir(path.join(dist, 'host'));
  await cp(host, path.join(dist, 'host', path.basename(host)));
  for (const script of ['ModuleStart.ps1', 'HostImport.ps1', 'ErrorRecords.ps1']) {
    await cp(path.join(root, 'src', 'host', script), path.join(dist, 'host', script));
  }
  // The schema of module.json as editors read it: the package has it beside package.json, and git as a generated file.
  const { settingsSchema } = await import('../packages/ts-cmdlet/src/generate/settings-schema.ts');
  await writeFile(path.join(root, 'module.schema.json'), settingsSchema());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * Gives the commands one file of TypeBox: its 373 take as long to load as all else that a command loads. What goes into a
 * module (`dist/runtime`, `dist/protocol`) imports the package itself, so that the module's notices name it.
 */
async function bundleTypeBox(): Promise<void> {
  await build({
    stdin: { contents: "export { Type } from 'typebox';", resolveDir: root },
    outfile: path.join(dist, 'typebox.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: { js: await licenseOf('typebox', 'TypeBox (https://github.com/sinclairzx81/typebox)') },
  });
  await rewriteImports(['build', 'cli', ...LIBRARY, 'schema'], text =>
    text.replaceAll("from 'typebox'", "from '../typebox.js'"),
  );
}

/**
 * Gives the commands one file of what reads help and generates modules, with the YAML parser: to load each of the 180 files
 * takes twice as long as to load the one. The types stay beside each other as they are.
 */
async function bundleLibrary(): Promise<void> {
  const from = /(?<=^(?:import|export) \{([^}]*)\} from ')\.\.\/((?:help|generate)\/[^']*)(?=')/gm;
  const origins = new Map<string, string>();
  await rewriteImports(['build', 'cli'], text =>
    text.replace(from, (_, names: string, file: string) => {
      for (const name of names.split(',').map(each => each.trim().replace(/ as .*/, ''))) {
        if ((origins.get(name) ?? file) !== file) throw new Error(`${name} is in ${origins.get(name)} and in ${file}.`);
        origins.set(name, file);
      }
      return '../library.js';
    }),
  );
  await build({
    stdin: {
      contents: Array.from(origins, ([name, file]) => `export { ${name} } from './${file}';`).join('\n'),
      resolveDir: dist,
    },
    outfile: path.join(dist, 'library.js'),
    bundle: true,
    format: 'esm',
    // So that yaml is taken as ES modules, of which what is not used is left out.
    platform: 'neutral',
    external: ['node:*', 'ajv', 'ajv/*', 'marked', path.join(dist, 'typebox.js')],
    banner: { js: await licenseOf('yaml', 'yaml (https://github.com/eemeli/yaml)') },
  });
  for (const folder of LIBRARY) {
    for (const file of await scriptsOf(folder)) await rm(file);
  }
}

/** The license of a package that a file of `dist` holds, as the comment at its top. */
async function licenseOf(name: string, title: string): Promise<string> {
  const folder = path.dirname(findPackageJSON(name, import.meta.url) ?? '');
  const file = (await readdir(folder)).find(each => /^license$/i.test(each)) ?? 'LICENSE';
  return `/*\n${title}\n\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n*/`;
}

async function rewriteImports(folders: readonly string[], rewrite: (text: string) => string): Promise<void> {
  for (const folder of folders) {
    for (const file of await scriptsOf(folder)) await writeFile(file, rewrite(await readFile(file, 'utf8')));
  }
}

async function scriptsOf(folder: string): Promise<string[]> {
  const names = await readdir(path.join(dist, folder));
  return names.filter(name => name.endsWith('.js')).map(name => path.join(dist, folder, name));
}
