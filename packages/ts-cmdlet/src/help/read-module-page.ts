import { Findings, type HelpDiagnostic, quoted } from './diagnostic.ts';
import { type FrontMatter, frontMatterText, readFrontMatter } from './front-matter.ts';
import { filledIn, otherKeys, readSchemaVersion, reportNotCarried } from './front-matter-keys.ts';
import { address, headingText } from './inline-text.ts';
import { lexMarkdown } from './lex-markdown.ts';
import type { ModuleCommandGroup, ModuleCommandInfo, ModuleFileInfo } from './module-file-info.ts';
import { normalisePage } from './page-text.ts';
import { linksInHeading, reportText, type Section, splitSections } from './sections.ts';
import { readTextBlocks } from './text-blocks.ts';

const MODULE_KEYS = [
  ...['module name', 'module guid', 'help version', 'download help link', 'helpinfouri', 'locale', 'schema'],
  'platyps schema version',
];

/** Whether the front matter is of a module's page: it calls itself so (2024-05-01), or has the module's GUID. */
export function isModulePage(frontMatter: FrontMatter): boolean {
  const type = frontMatterText(frontMatter, 'document type');
  return type === undefined ? frontMatter.entries.has('module guid') : /^module$/i.test(type);
}

/**
 * Reads a module page of schema 2.0.0 or 2024-05-01: front matter, `# Name Module`, `## Description`, and level 2
 * sections with a level 3 heading for each command. As `readCommandHelp`, it never throws for any text.
 */
export function readModulePage(
  markdown: string,
  file: string,
): { page: ModuleFileInfo | undefined; diagnostics: HelpDiagnostic[] } {
  const findings = new Findings(file);
  const page = readPage(normalisePage(markdown), file, findings);
  const diagnostics = findings.sorted();
  if (page === undefined || findings.hasErrors) return { page: undefined, diagnostics };
  return { page, diagnostics };
}

function readPage(markdown: string, file: string, findings: Findings): ModuleFileInfo | undefined {
  const frontMatter = readFrontMatter(markdown, findings);
  const { entries } = frontMatter;
  const namesSchema = entries.has('schema') || entries.has('platyps schema version');
  const schemaVersion = namesSchema ? readSchemaVersion(frontMatter, findings) : undefined;
  reportNotCarried(frontMatter, MODULE_KEYS, findings);
  const values = readValues(frontMatter, findings);
  const { before, sections } = splitSections(
    lexMarkdown(frontMatter.body, frontMatter.bodyLine, findings),
    ({ token }) => token.type === 'heading' && token.depth <= 2,
  );
  const title = sections.find(({ level }) => level === 1);
  if (title === undefined) {
    findings.add(
      'heading-doubtful',
      before[0]?.line ?? sections[0]?.line ?? 1,
      'The page has no level 1 heading',
      'Write `# Name Module`',
    );
  }
  reportText([...before, ...(title?.body ?? [])], 'The page', 'Write it below `## Description`', findings);
  const description = [];
  const commandGroups: ModuleCommandGroup[] = [];
  for (const section of sections) {
    if (section === title) continue;
    if (section.level === 1) {
      findings.add(
        'title-repeated',
        section.line,
        `The page has a second level 1 heading, ${quoted(section.title)}, which is read as a group of commands`,
        'Write one page for each module, and level 2 for the groups of its commands',
      );
    }
    if (/^description$/i.test(section.title)) description.push(...readTextBlocks(section.body, findings));
    else commandGroups.push(...readGroup(section, findings));
  }
  const { moduleName } = values;
  if (moduleName === undefined) {
    if (frontMatter.isPresent) {
      findings.add('module-name-missing', 1, 'The front matter does not name the module', 'Write `Module Name: ...`');
    }
    return undefined;
  }
  return {
    file,
    ...(schemaVersion === undefined ? {} : { schemaVersion }),
    ...values,
    moduleName,
    metadata: otherKeys(frontMatter, MODULE_KEYS),
    title: title?.title ?? '',
    description,
    commandGroups,
  };
}

type Values = Partial<Pick<ModuleFileInfo, 'moduleName' | 'moduleGuid' | 'helpVersion' | 'helpInfoUri' | 'locale'>>;

function readValues(frontMatter: FrontMatter, findings: Findings): Values {
  const value = (key: string, pattern: RegExp, expected: string) => {
    const text = filledIn(frontMatter, key, findings);
    if (text === undefined || pattern.test(text)) return text;
    const line = frontMatter.entries.get(key.toLowerCase())?.line ?? 1;
    findings.add('module-page-value', line, `${key} is ${quoted(text)}, which is not carried`, expected);
    return undefined;
  };
  const address = 'Write the address from which Update-Help gets the help, or nothing';
  const values = {
    moduleName: filledIn(frontMatter, 'Module Name', findings),
    moduleGuid: value('Module Guid', /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i, "Write the module's GUID"),
    helpVersion: value('Help Version', /^\d+(?:\.\d+){0,3}$/, 'Write a version such as 1.0.0.0'),
    helpInfoUri:
      value('HelpInfoUri', /^https?:\/\/\S+$/i, address) ?? value('Download Help Link', /^https?:\/\/\S+$/i, address),
    locale: filledIn(frontMatter, 'Locale', findings),
  };
  return Object.fromEntries(Object.entries(values).filter(([, text]) => text !== undefined));
}

function readGroup(section: Section, findings: Findings): ModuleCommandGroup[] {
  const { before, sections } = splitSections(
    section.body,
    ({ token }) => token.type === 'heading' && token.depth === 3,
  );
  reportText(before, quoted(section.title), 'Write each command as `### [Verb-Noun](Verb-Noun.md)`', findings);
  const commands = sections.flatMap(part => readCommand(part, findings) ?? []);
  if (section.title !== '') return [{ groupTitle: section.title, commands }];
  findings.add('heading-doubtful', section.line, 'A heading is empty', 'Write `## Name Cmdlets`');
  return commands.length === 0 ? [] : [{ groupTitle: 'Cmdlets', commands }];
}

function readCommand(section: Section, findings: Findings): ModuleCommandInfo | undefined {
  const { heading, line, body } = section;
  const name = headingText(heading);
  const description = readTextBlocks(body, findings);
  if (name === '') {
    findings.add('heading-doubtful', line, 'A heading is empty', 'Write `### [Verb-Noun](Verb-Noun.md)`');
    reportText(body, 'The page', 'Write it below the name of a command', findings);
    return undefined;
  }
  const [link, ...others] = linksInHeading(section);
  for (const other of others) {
    findings.add(
      'text-not-carried',
      line,
      `The heading ${quoted(name)} has a second link, to ${quoted(address(other))}, which is not carried`,
      'Write `### [Verb-Noun](Verb-Noun.md)`, and other links below it',
    );
  }
  return { name, link: link === undefined ? '' : address(link), description, line };
}
