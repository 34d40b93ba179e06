import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandHelp } from '../../src/help/model.ts';
import { UNNAMED_PARAMETER_SET } from '../../src/help/parameter-set-names.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { readHelpFolder } from '../../src/help/read-help-folder.ts';
import { readModulePage } from '../../src/help/read-module-page.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { writeModulePage } from '../../src/help/write-module-page.ts';
import { readHelpPage } from '../support/help-page.ts';
import { comparable, comparableAcrossSchemas, withoutPlace } from './comparable.ts';
import { corpusFolder, hasCorpus, readCorpus, repairedCommandPages } from './corpus-pages.ts';
import { isCommandHelp, isModuleFileInfo } from './model-schema.ts';
import { modelWords, pageWords } from './page-words.ts';

// Public help of other projects, read where it is at hand. Who changes corpus-findings.json has read the page and says
// why the finding is true.
type Finding = { file: string; line: number; code: string; reason: string };
const findings: Finding[] = JSON.parse(readFileSync(path.join(import.meta.dirname, 'corpus-findings.json'), 'utf8'));

const MODULE_PAGE = 'partnercenter/PartnerCenter.md';

describe.skipIf(!hasCorpus && !process.env.CI)('the corpus of public help', () => {
  const pages = readCorpus();
  const repaired = repairedCommandPages();

  test('is there', () => {
    expect(pages.filter(({ file }) => file.startsWith('partnercenter/'))).toHaveLength(125);
    expect(pages.filter(({ file }) => file.startsWith('platyps/'))).toHaveLength(7);
  });

  test('has these findings and no others, each for a reason', () => {
    const found = pages.flatMap(({ file, markdown }) => {
      const read = file === MODULE_PAGE ? readModulePage : readCommandHelp;
      return read(markdown, file).diagnostics.map(({ line, code }) => `${file}:${line} ${code}`);
    });
    expect(found).toEqual(findings.map(({ file, line, code }) => `${file}:${line} ${code}`));
    for (const { reason } of findings) expect(reason.length).toBeGreaterThan(20);
  });

  test('is read whole as a folder: 124 commands and the module page that lists them', async () => {
    const { helps, modulePages, diagnostics } = await readHelpFolder(corpusFolder('partnercenter'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['module-page-value']);
    expect(helps).toHaveLength(124);
    expect(new Set(helps.map(({ moduleName }) => moduleName))).toEqual(new Set(['PartnerCenter']));
    const listed = modulePages.flatMap(page => page.commandGroups.flatMap(group => group.commands));
    expect(listed.map(({ name }) => name)).toEqual(helps.map(({ name }) => name).sort());
    expect(listed.every(({ name, link }) => link === `${name}.md`)).toBe(true);
  });

  test('has a model for every page once its errors are put right', () => {
    for (const { file, markdown } of repaired) {
      const errors = readCommandHelp(markdown, file).diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors, file).toEqual([]);
    }
  });

  test('has models that fit the schema, and say nothing beside it', () => {
    for (const { file, markdown } of [...pages, ...repaired]) {
      const { help } = readCommandHelp(markdown, file);
      if (help !== undefined && !isCommandHelp(help)) expect(isCommandHelp.errors, file).toEqual([]);
      const { page } = readModulePage(markdown, file);
      if (page !== undefined && !isModuleFileInfo(page)) expect(isModuleFileInfo.errors, file).toEqual([]);
    }
  });

  test('says the same of sets and parameters to a second, naive reader', () => {
    // Of Invoke-Command's -Credential, one yaml block says `Required: True (VMId, ...), False`.
    const old = repaired.filter(
      ({ file, markdown }) => /^schema: 2\.0\.0$/m.test(markdown) && !file.endsWith('/Invoke-Command.md'),
    );
    expect(old).toHaveLength(127);
    for (const { file, markdown } of old) {
      const page = readHelpPage(markdown);
      const help = readOrThrow(markdown, file);
      expect(setsOf(help), file).toEqual(
        page.sets.map(({ name, isDefault, parameters }) => ({ name, isDefault, parameters })),
      );
      expect(
        help.parameters.map(({ name, type, aliases, acceptedValues, blocks }) => ({
          ...{ name, type, aliases, acceptedValues },
          blocks: blocks.map(block => ({
            sets: block.parameterSets,
            required: block.isRequired,
            position: block.position === 'named' ? 'Named' : String(block.position),
          })),
        })),
        file,
      ).toEqual(page.parameters.map(({ description: _, ...parameter }) => parameter));
    }
  });

  test('loses no word', () => {
    for (const { file, markdown } of repaired) {
      const { prose, declared } = pageWords(markdown);
      const words = modelWords(readOrThrow(markdown, file));
      const lost = [...prose].filter(([word, count]) => (words.get(word) ?? 0) < count).map(([word]) => word);
      expect({ file, lost }).toEqual({ file, lost: [] });
      expect({ file, lost: [...declared].filter(word => !words.has(word) && !isSaidByNothing(word)) }).toEqual({
        file,
        lost: [],
      });
    }
  });

  test('is the same model when written and read again, in either schema and back', () => {
    for (const { file, markdown } of repaired) {
      const help = readOrThrow(markdown, file);
      const other = help.schemaVersion === '2.0.0' ? '2024-05-01' : '2.0.0';
      const again = readOrThrow(writeCommandHelp(help), file);
      const inOther = readOrThrow(writeCommandHelp(help, other), file);
      const andBack = readOrThrow(writeCommandHelp(inOther, help.schemaVersion), file);
      expect(comparable(again), file).toEqual(comparable(help));
      expect(inOther.schemaVersion).toBe(other);
      expect(comparableAcrossSchemas(inOther), file).toEqual(comparableAcrossSchemas(help));
      expect(comparableAcrossSchemas(andBack), file).toEqual(comparableAcrossSchemas(help));
    }
  });

  test('has a module page that is the same when written and read again', () => {
    const markdown = pages.find(({ file }) => file === MODULE_PAGE)?.markdown ?? '';
    const { page } = readModulePage(markdown, MODULE_PAGE);
    const again = page && readModulePage(writeModulePage(page), MODULE_PAGE).page;
    expect(page?.commandGroups[0]?.commands).toHaveLength(124);
    expect(withoutPlace(again)).toEqual(withoutPlace(page));
  });
});

function readOrThrow(markdown: string, file: string): CommandHelp {
  const { help, diagnostics } = readCommandHelp(markdown, file);
  if (help === undefined) throw new Error(`${file} has no model: ${JSON.stringify(diagnostics)}`);
  return help;
}

// The naive reader sees every bracketed switch as optional, which in schema 2.0.0 SYNTAX does not tell.
function setsOf({ syntax }: CommandHelp): unknown {
  return syntax.map(item => ({
    name: item.parameterSetName === UNNAMED_PARAMETER_SET ? '' : item.parameterSetName,
    isDefault: item.isDefault,
    parameters: item.parameters.map(({ name, type = '', isRequired = false }) => ({
      name,
      type,
      required: isRequired,
    })),
  }));
}

// What the model says by a flag, or by leaving out.
function isSaidByNothing(word: string): boolean {
  return /^(?:True|False|true|false|None|Named|All|ByValue|ByPropertyName)$/.test(word);
}
