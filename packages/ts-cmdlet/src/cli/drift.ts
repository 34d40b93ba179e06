import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GeneratedFile } from '../generate/generated-file.ts';
import { compareFiles, type Difference, withLineFeeds } from '../generate/write-files.ts';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { COMMAND_NAME } from './command-name.ts';
import { finding } from './findings.ts';
import { shownPath } from './module-project.ts';

/** Tells how a folder differs from the files that the help and the settings give now. */
export async function findDrift(folder: string, files: readonly GeneratedFile[]): Promise<HelpDiagnostic[]> {
  const contents = new Map(files.map(file => [file.path, file.content]));
  const differences = await compareFiles(folder, files);
  return Promise.all(differences.map(difference => describe(folder, difference, contents.get(difference.path) ?? '')));
}

async function describe(folder: string, { path: name, kind }: Difference, expected: string): Promise<HelpDiagnostic> {
  const file = path.join(folder, name);
  const shown = shownPath(file);
  const remedy = `Run ${COMMAND_NAME} build`;
  if (kind === 'missing') return finding('output-missing', { file: shown }, 'The file is missing', remedy);
  if (kind === 'stale')
    return finding('output-stale', { file: shown }, 'No help page gives this file any more', remedy);
  const line = firstDifference(await readFile(file, 'utf8'), expected);
  const message = 'The file is not what the help and the settings give: it differs from this line on';
  return finding('output-different', { file: shown, line }, message, remedy);
}

function firstDifference(present: string, expected: string): number {
  const expectedLines = withLineFeeds(expected).split('\n');
  const lines = withLineFeeds(present).split('\n');
  const index = lines.findIndex((line, at) => line !== expectedLines[at]);
  return index === -1 ? lines.length : index + 1;
}
