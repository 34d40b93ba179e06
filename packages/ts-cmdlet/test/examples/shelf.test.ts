import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPester } from 'powershell-driver/pester';
import { runPowerShell } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReport, runCommand } from '../cli/command.ts';

// The example module over an HTTP service: Pester runs its own tests, which start the service.

const example = path.join(import.meta.dirname, '..', '..', 'examples', 'shelf');
const testFolder = path.join(example, 'tests');
const testFiles = (await readdir(testFolder)).filter(name => name.endsWith('.Tests.ps1')).toSorted();

/** The tests that the files have, by the path that Pester knows each by. */
const names: string[] = [];
for (const file of testFiles) {
  const text = await readFile(path.join(testFolder, file), 'utf8');
  let block = '';
  for (const [, kind, name = ''] of text.matchAll(/^ *(Context|It) '(.+)' \{\r?$/gm)) {
    if (kind === 'Context') block = name;
    else names.push(`Shelf.${block}.${name}`);
  }
}

const Result = Type.Object({ path: Type.String(), result: Type.String(), error: Type.String() });

let scratch: string;
let report: ReturnType<typeof readReport>;
let results: Map<string, { readonly result: string; readonly error: string }>;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'shelf-'));
  report = readReport((await runCommand(['build', example, '--strict', '--json', '--out', scratch], scratch)).stdout);
  const manifest = path.join(scratch, 'Shelf', 'Shelf.psd1');
  const script = `Import-Module ${quote(await findPester())}
    $container = New-PesterContainer -Path ${testFiles.map(file => quote(path.join(testFolder, file))).join()} -Data @{ Manifest = ${quote(manifest)} }
    $run = Invoke-Pester -Configuration @{ Run = @{ Container = $container; PassThru = $true }; Output = @{ Verbosity = 'None' } }
    $tests = $run.Tests + $run.FailedContainers + $run.FailedBlocks | ForEach-Object {
      @{ path = "$($_.ExpandedPath)"; result = "$($_.Result)"; error = ($_.ErrorRecord | Out-String) }
    }
    ConvertTo-Json @($tests) -Compress`;
  const { stdout, stderr: complaint } = await runPowerShell(['-NonInteractive', '-Command', script], '', {
    SHELF_NODE: process.execPath,
    NO_PROXY: '127.0.0.1',
  });
  const answer = stdout.trimEnd().split(/\r?\n/).at(-1) ?? '';
  if (!answer.startsWith('[')) throw new Error(`Pester did not run: ${stdout}${complaint}`);
  results = new Map(Value.Parse(Type.Array(Result), JSON.parse(answer)).map(each => [each.path, each]));
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

test('the committed types are what the help gives, and the handlers fit', () => {
  expect(report).toMatchObject({ ok: true, diagnostics: [] });
  // A build writes the types beside the handlers.
  expect(report.changed?.filter(({ path: file }) => /[\\/]generated[\\/]/.test(file))).toEqual([]);
});

test.each(names)('%s', name => {
  expect(results.get(name)).toMatchObject({ result: 'Passed', error: '' });
});

test('Pester ran these tests, and all that is around them passed', () => {
  expect([...results.values()].filter(({ result }) => result !== 'Passed')).toEqual([]);
  expect([...results.keys()]).toEqual(names);
});
