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

try {
  const host = await compileAssembly(path.join(root, 'src', 'host'), 'TsCmdlet.Host.dll');
  await rm(dist, { recursive: true, force: true });
  const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const compiler = path.join(typescript, 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '--project', 'tsconfig.dist.json'], { cwd: root, stdio: 'inherit' });
  await bundleTypeBox();
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
  const license = await readFile(path.join(findPackageJSON('typebox', import.meta.url) ?? '', '..', 'license'), 'utf8');
  await build({
    stdin: { contents: "export { Type } from 'typebox';", resolveDir: root },
    outfile: path.join(dist, 'typebox.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: { js: `/*\nTypeBox (https://github.com/sinclairzx81/typebox)\n\n${license.trim()}\n*/` },
  });
  for (const folder of ['build', 'cli', 'generate', 'help', 'schema']) {
    for (const name of await readdir(path.join(dist, folder))) {
      const file = path.join(dist, folder, name);
      if (!name.endsWith('.js')) continue;
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll("from 'typebox'", "from '../typebox.js'"));
    }
  }
}
