import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { builtModule, emptyCmdlets, makeModuleFolder } from './modules.ts';
import { runMeasurement } from './run-measurement.ts';
import { type Summary, summarise } from './statistics.ts';

// `node bench/import-parts.ts`: what each part of SecMgmt costs an import when it is all that a module has. Shows a table
// and writes nothing.

const RUNS = 15;
const Session = Type.Object({ import: Type.Number() });

/** A module of one part: what is in its script, in its manifest, and beside them. */
interface Part {
  readonly what: string;
  readonly script?: string;
  readonly manifest?: string;
  readonly files?: readonly string[];
}

const EMPTY_MANIFEST = `@{
    RootModule = 'SecMgmt.psm1'
    ModuleVersion = '0.1.0'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
`;

await using modules = await makeModuleFolder();
const parts = await moduleParts();
const folders = parts.map((_, index) => path.join(modules.folder, `${index}`));
for (const [index, part] of parts.entries()) await addPart(folders[index] ?? '', part);
const times = new Map<string, number[]>(folders.map(folder => [folder, []]));
for (let run = -1; run < RUNS; run += 1) {
  for (const [folder, series] of times) {
    const parameters = { Module: 'SecMgmt', Node: process.execPath };
    const { import: time } = await runMeasurement(Session, 'fresh-session.ps1', parameters, folder);
    // What is read from the disk for the first time is not of interest.
    if (run >= 0) series.push(time);
  }
}
showTable([...times.values()].map(summarise));

/** The parts of the built SecMgmt, an empty module first and the whole last. */
async function moduleParts(): Promise<Part[]> {
  const script = await readFile(path.join(builtModule, 'SecMgmt.psm1'), 'utf8');
  const manifest = await readFile(path.join(builtModule, 'SecMgmt.psd1'), 'utf8');
  const format = 'SecMgmt.format.ps1xml';
  const views = await readFile(path.join(builtModule, 'views', 'SecMgmt.format.psd1'), 'utf8');
  const makeEnums = script.match(/^try \{\n {4}\$name = [\s\S]*?^\}\n/m)?.[0];
  const enumType = makeEnums?.match(/DefineEnum\('(.+?)'/)?.[1];
  if (!makeEnums || !enumType) throw new Error('SecMgmt.psm1 is not made as this script expects.');
  const unmade = (text: string) => text.replace(makeEnums, '');
  const withoutEnum = (text: string) => unmade(text).replaceAll(enumType, 'string');
  const cmdlets = withoutEnum(await emptyCmdlets());
  const members = [...makeEnums.matchAll(/DefineLiteral\('(.+)',/g)].map(([, name]) => name);
  return [
    { what: 'nothing: an empty script' },
    { what: 'an empty manifest', manifest: EMPTY_MANIFEST },
    { what: "an empty manifest with the format file, which is not the import's", manifest: views, files: [format] },
    { what: 'the manifest', manifest },
    { what: 'the cmdlets, with empty bodies and no enum', script: cmdlets },
    { what: 'the same, with a parameter of a type that is not there', script: unmade(await emptyCmdlets()) },
    { what: 'the cmdlets and the manifest', script: cmdlets.replaceAll('-Empty', '-SecMgmt'), manifest },
    {
      what: "the enum by PowerShell's `enum`",
      script: `enum EnvironmentName { ${members.join('; ')} }\n`,
    },
    { what: 'the enum by System.Reflection.Emit', script: makeEnums },
    { what: 'all of SecMgmt without the enum', script: withoutEnum(script), manifest },
    { what: 'all of SecMgmt', script, manifest },
  ];
}

async function addPart(folder: string, { script = '', manifest, files = [] }: Part): Promise<void> {
  const module = path.join(folder, 'SecMgmt');
  await mkdir(module, { recursive: true });
  await writeFile(path.join(module, 'SecMgmt.psm1'), script);
  if (manifest !== undefined) await writeFile(path.join(module, 'SecMgmt.psd1'), manifest);
  for (const file of files)
    await writeFile(path.join(module, file), await readFile(path.join(builtModule, 'views', file)));
}

function showTable(summaries: readonly Summary[]): void {
  const empty = summaries[0]?.median ?? 0;
  console.log('| a module of | import | over an empty one |\n| --- | --- | --- |');
  for (const [index, { median }] of summaries.entries()) {
    console.log(`| ${parts[index]?.what} | ${median.toFixed(0)} ms | ${(median - empty).toFixed(0)} ms |`);
  }
}
