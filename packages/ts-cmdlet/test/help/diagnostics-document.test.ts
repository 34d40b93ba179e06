import path from 'node:path';
import { expect, test } from 'vitest';
import { CLI_CODES } from '../../src/cli/findings.ts';
import { GENERATE_CODES } from '../../src/generate/generate-error.ts';
import { checkModule } from '../../src/generate/generate-module.ts';
import { DIAGNOSTIC_CODES, type DiagnosticCode } from '../../src/help/diagnostic-codes.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { moduleSettings } from '../support/help-models.ts';
import { DIAGNOSTIC_CASES } from './diagnostic-cases.ts';
import { GENERATE_CASES } from './generate-cases.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

// docs/diagnostics.md is written by this test (`vitest run -u`), from the code's own lists and from what the reader and the
// generators really say of an example.

const document = path.join(import.meta.dirname, '..', '..', 'docs', 'diagnostics.md');

/** What a build never reports, because it leaves out what they are about: see parameter-left-out and command-left-out. */
const NEVER_REPORTED = [
  ...['command-name-unusable', 'parameter-name-unusable', 'parameter-sets-too-many'],
  ...['type-unsupported', 'type-cannot-cross'],
];

/** Examples of what a folder or a module's page is reported for. */
const OF_FOLDERS: Partial<Record<string, string>> = {
  'encoding-unknown': 'a page that was saved in Windows-1252, with an `é`.',
  'command-duplicate': '`Get-Thing.md` and `Get-Thing2.md`, both with `# Get-Thing`.',
  'folder-without-help': 'a folder with a module page alone.',
  'module-page-command': '`### [Get-Thing](Get-Thing.md)` in the module page, and no page of that command.',
  'module-page-repeated': 'two pages with `Module Guid` and the same `Module Name`.',
  'module-page-value': '`Help Version: latest`.',
  'page-not-help': '`index.md` or `README.md` beside the pages.',
};

/** Examples of what the command line finds beside the help. */
const OF_COMMANDS: Partial<Record<string, string>> = {
  'file-missing': '`"hostFunctions": [{ "file": "Certificates.ps1", … }]` without that file.',
  'file-unusable': 'a module folder on a full disk.',
  'package-missing': '`"externalPackages": ["keytar"]` before `npm install`.',
  'package-not-linked': '`ts-cmdlet new` on a volume of FAT.',
  'bundle-failed': "`import { x } from './missing.ts'` in a handler.",
  'bundle-warning': 'a handler that compares a value with `NaN`.',
  'package-not-bundled': '`import sharp from \'sharp\'` in a handler, and no `"externalPackages": ["sharp"]`.',
  'place-of-bundle': "`readFile(path.join(__dirname, 'words.txt'))` in a handler.",
  'core-failed': 'a package that is found only because a folder above the project has it.',
  'entry-failed': '`main.ts` that throws when it is loaded, or does not call `serveCore`.',
  'handler-missing': '`Get-Thing.md` without `Get-Thing` among the cmdlets of `main.ts`.',
  'handler-without-help': '`Get-Thing` among the cmdlets of `main.ts` without `Get-Thing.md`.',
  'type-error': 'a handler that reads `Names` where the help has -Name.',
  'output-missing': 'a file of the module that somebody removed.',
  'output-different': 'a page that was changed after the last build.',
  'output-stale': '`generated/Get-Old.ts` after `Get-Old.md` was removed.',
};

test('each code has an example', () => {
  const codes = Object.keys(DIAGNOSTIC_CODES).filter(
    code => isDiagnosticCode(code) && DIAGNOSTIC_CASES[code] === undefined,
  );
  expect(Object.keys(OF_FOLDERS).sort()).toEqual(codes.sort());
  expect(Object.keys(OF_COMMANDS).sort()).toEqual(Object.keys(CLI_CODES).sort());
});

const HEAD = `# Diagnostics

Everything that \`ts-cmdlet build\` and \`ts-cmdlet check\` report, by code. An **error** keeps the module from being built: only
the author can know what is meant. A **warning** says what was taken and why; \`--strict\` fails on warnings too. A terminal shows
the first ten findings of a kind, \`--json\` all of them.

Where the reader took a guess, the finding's \`data\` says what of the help hangs on it: \`parameters\`, \`sets\` (all, where absent)
and \`members\`, the names of the model's fields. A finding without \`data\` changes nothing of what the page says.

The examples are changes of a right page: a line of it (\`-\`), and what stands there instead (\`+\`).
`;

test('docs/diagnostics.md has each code with its severity, its rule and an example, as the code has them', async () => {
  const sections = [
    HEAD,
    '## The help reader\n',
    ...Object.keys(DIAGNOSTIC_CODES).filter(isDiagnosticCode).map(readerSection),
    '## The generators\n',
    ...Object.entries(GENERATE_CODES)
      .filter(([code]) => !NEVER_REPORTED.includes(code))
      .map(([code, rule]) => generatorSection(code, rule)),
    '## The command line\n',
    ...Object.entries(CLI_CODES).map(([code, rule]) => section(code, rule, `Example: ${OF_COMMANDS[code]}`)),
  ];
  await expect(`${sections.join('\n').trimEnd()}\n`).toMatchFileSnapshot(document);
});

test('each code of the generators has an example', () => {
  const known = Object.keys(GENERATE_CODES).filter(code => !NEVER_REPORTED.includes(code));
  expect(Object.keys(GENERATE_CASES).sort()).toEqual(known.sort());
});

function isDiagnosticCode(code: string): code is DiagnosticCode {
  return code in DIAGNOSTIC_CODES;
}

function section(code: string, rule: string, example: string): string {
  const severity = /^Warning: /.test(rule) ? 'warning' : 'error';
  const text = rule.replace(/^Warning: /, '');
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `### ${code}\n\n**${severity}**: ${sentence}\n${example === '' ? '' : `\n${example}\n`}`;
}

function readerSection(code: DiagnosticCode): string {
  const [severity, rule] = DIAGNOSTIC_CODES[code];
  const edits = DIAGNOSTIC_CASES[code]?.[0]?.edits ?? [];
  if (edits.length === 0) {
    return section(code, severity === 'warning' ? `Warning: ${rule}` : rule, `Example: ${OF_FOLDERS[code]}`);
  }
  const page = edited(SAMPLE_PAGE, ...edits);
  const found = readCommandHelp(page, 'Get-Thing.md').diagnostics.find(each => each.code === code);
  const example = [
    `\`\`\`\`diff\n${changes(SAMPLE_PAGE, page)}\n\`\`\`\``,
    '',
    `> ${found?.message}. ${found?.expected}.`,
  ];
  return section(code, severity === 'warning' ? `Warning: ${rule}` : rule, example.join('\n'));
}

function generatorSection(code: string, rule: string): string {
  const one = GENERATE_CASES[code];
  if (one === undefined) return section(code, rule, '');
  const { description: _, ...rest } = moduleSettings(one.settings);
  const settings = one.lacksDescription ? rest : moduleSettings(one.settings);
  const found = checkModule(one.helps, settings, 'module.json', one.pages ?? {}).filter(each => each.code === code);
  const [first] = found;
  expect(first?.severity, code).toBe(rule.startsWith('Warning: ') ? 'warning' : 'error');
  return section(code, rule, `${one.example}\n\n> ${first?.message} ${first?.expected}`);
}

/** The lines that differ, at most four of each side. */
function changes(before: string, after: string): string {
  const [from, to] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < from.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const lines = (mark: string, all: string[]) => {
    const part = all
      .slice(start, all.length - end)
      .map(line => `${mark} ${line.length > 110 ? `${line.slice(0, 107)}...` : line}`);
    return part.length > 4 ? [...part.slice(0, 4), `${mark} ...`] : part;
  };
  return [...lines('-', from), ...lines('+', to)].map(line => line.trimEnd()).join('\n');
}
