import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { finding } from './findings.ts';
import type { ModuleProject } from './module-project.ts';
import { packageRoot } from './package-manifest.ts';

/**
 * Has TypeScript check the module's sources, by the nearest tsconfig.json, with the module's own `typescript` where it is
 * installed. Finds nothing where there is no tsconfig.json. Rejects when the compiler does not run.
 */
export async function checkTypes({ entry, types }: ModuleProject): Promise<readonly HelpDiagnostic[]> {
  const tsconfig = findUpwards(path.dirname(entry), 'tsconfig.json');
  if (tsconfig === undefined) return [];
  const args = [findCompiler(entry), '--noEmit', '--pretty', 'false', '--project', tsconfig];
  const { code, output } = await runNode(args);
  const diagnostics = readDiagnostics(output, await generatedNames(types));
  if (code !== 0 && diagnostics.length === 0) throw new Error(`TypeScript failed.\n${output}`);
  return diagnostics;
}

/** What TypeScript tells of a name that is not used yet: the options noUnusedLocals and noUnusedParameters. */
const UNUSED = new Set(['TS6133', 'TS6138', 'TS6192', 'TS6196', 'TS6198', 'TS6199', 'TS6205']);

/** What the generated types export, by which an error is known that they have to do with. */
async function generatedNames(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter(name => name.endsWith('.ts'));
  const texts = await Promise.all(files.map(name => readFile(path.join(folder, name), 'utf8')));
  return texts.flatMap(text =>
    [...text.matchAll(/^export (?:type|interface|const) (\w+)/gm)].map(([, name = '']) => name),
  );
}

/**
 * Reads what `tsc --pretty false` prints: `file(line,column): error TS2741: message`, with lines of more detail below. A name
 * that is not used yet is a warning. `generated` are the names of the types that the build makes.
 */
export function readDiagnostics(output: string, generated: readonly string[] = []): HelpDiagnostic[] {
  const found = output.split(/\r?\n(?=\S)/).flatMap(text => {
    const [, file = 'tsconfig.json', line = '1', code, message] =
      /^(?:(.+?)\((\d+),\d+\): )?error (TS\d+): (.*)$/s.exec(text.trimEnd()) ?? [];
    if (code === undefined || message === undefined) return [];
    return [{ code, file: file.replaceAll('\\', '/'), line: Number(line), message: message.replace(/\s+/g, ' ') }];
  });
  // Where the sources are taken for CommonJS, each import and export of each file is an error: one is told.
  const isCommonJs = ({ code }: { code: string }) => code === 'TS1295' || code === 'TS1287';
  const told = found.filter(each => !isCommonJs(each) || each === found.find(isCommonJs));
  return told.map(each => {
    const isGenerated = generated.some(name => new RegExp(`\\b${name}\\b`).test(each.message));
    const expected = isCommonJs(each)
      ? 'Expected "type": "module" in package.json'
      : isGenerated
        ? 'Types in generated/ are made from the help'
        : UNUSED.has(each.code)
          ? 'Use it, or remove it'
          : 'Expected what TypeScript accepts';
    const found = finding('type-error', each, `${each.code}: ${each.message}`, expected);
    return UNUSED.has(each.code) ? { ...found, severity: 'warning' as const } : found;
  });
}

function findUpwards(start: string, name: string): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, name))) return path.join(folder, name);
    if (folder === path.dirname(folder)) return undefined;
  }
}

function findCompiler(entry: string): string {
  for (const from of [entry, path.join(packageRoot, 'package.json')]) {
    try {
      return path.join(path.dirname(createRequire(from).resolve('typescript/package.json')), 'bin', 'tsc');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error('TypeScript is not installed: run npm install.');
}

function runNode(args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, output: stdout });
      else if (typeof error.code === 'number') resolve({ code: error.code, output: `${stdout}${stderr}` });
      else reject(error);
    });
  });
}
