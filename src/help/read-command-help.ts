import { Ajv } from 'ajv';
import { readAliasesSection } from './aliases.ts';
import { crossCheck } from './cross-check.ts';
import { Findings, type HelpDiagnostic, quoted } from './diagnostic.ts';
import { readExamples } from './examples.ts';
import { type FrontMatter, frontMatterText, readFrontMatter } from './front-matter.ts';
import { readInputsOutputs } from './inputs-outputs.ts';
import { lexMarkdown } from './lex-markdown.ts';
import { CommandHelp, TextBlock } from './model.ts';
import { type PageSections, readPageSections } from './page-sections.ts';
import { readParameters } from './parameters.ts';
import { readRelatedLinks } from './related-links.ts';
import { readSyntax } from './syntax.ts';
import { readTextBlocks } from './text-blocks.ts';

const isCommandHelp = new Ajv().compile<CommandHelp>({ ...CommandHelp, $defs: TextBlock.$defs });

/**
 * Reads the PlatyPS Markdown help of one command, schema 2.0.0 or 2024-05-01.
 *
 * `file` is the page's name for the findings and the model. Never throws for any text: what is wrong with the page is
 * among the findings (see `diagnostic-codes.ts`), as many as can be told at once, and `help` is undefined when one of
 * them is an error. Throws only when what was read does not fit the model, which is a fault of this reader.
 */
export function readCommandHelp(
  markdown: string,
  file: string,
): { help: CommandHelp | undefined; diagnostics: HelpDiagnostic[] } {
  const findings = new Findings(file);
  const help = readPage(normalise(markdown), file, findings);
  const diagnostics = findings.sorted();
  if (help === undefined || findings.hasErrors) return { help: undefined, diagnostics };
  if (!isCommandHelp(help)) {
    throw new Error(`The help reader made a model of ${file} that is none: ${JSON.stringify(isCommandHelp.errors)}`);
  }
  return { help, diagnostics };
}

// A BOM and the kind of line ends say nothing; NUL is replaced, as CommonMark asks for, since XML cannot hold it.
function normalise(markdown: string): string {
  return markdown
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\0/g, '\ufffd');
}

function readPage(markdown: string, file: string, findings: Findings): CommandHelp | undefined {
  const frontMatter = readFrontMatter(markdown, findings);
  const schemaVersion = readSchemaVersion(frontMatter, findings);
  const moduleName = frontMatterText(frontMatter, 'Module Name');
  if (moduleName === undefined && frontMatter.entries.size > 0) {
    findings.add('module-name-missing', 1, 'The front matter does not name the module', 'Write `Module Name: ...`');
  }
  const page = readPageSections(lexMarkdown(frontMatter.body, frontMatter.bodyLine, findings), findings);
  const name = readName(page, frontMatter, findings);
  const syntax = page.sections.get('SYNTAX');
  const syntaxRead = syntax && readSyntax(syntax, name, schemaVersion ?? '2.0.0', findings);
  const text = (section: string) => readTextBlocks(page.sections.get(section)?.body ?? [], findings);
  const parameters = readParameters(
    page.sections.get('PARAMETERS') ?? { ...page.title, title: 'PARAMETERS', body: [] },
    schemaVersion ?? '2.0.0',
    findings,
  );
  const checked = syntaxRead && crossCheck(syntaxRead, parameters, findings);
  const synopsis = text('SYNOPSIS');
  if (synopsis.length === 0) {
    findings.add(
      'synopsis-missing',
      page.sections.get('SYNOPSIS')?.line ?? page.title.line,
      'The page has no synopsis',
      'Say in one sentence what the command does, below `## SYNOPSIS`',
    );
  }
  const optional = readOptionalKeys(frontMatter, findings);
  const aliases = page.sections.get('ALIASES');
  const inputs = page.sections.get('INPUTS');
  const outputs = page.sections.get('OUTPUTS');
  const examples = page.sections.get('EXAMPLES');
  const links = page.sections.get('RELATED LINKS');
  const rest = {
    metadata: metadataOf(frontMatter),
    synopsis,
    aliases: aliases ? readAliasesSection(aliases, findings) : [],
    description: text('DESCRIPTION'),
    examples: examples ? readExamples(examples, findings) : [],
    commonParameters: parameters.commonParameters,
    inputs: inputs ? readInputsOutputs(inputs, findings) : [],
    outputs: outputs ? readInputsOutputs(outputs, findings) : [],
    notes: text('NOTES'),
    relatedLinks: links ? readRelatedLinks(links, findings) : [],
  };
  if (name === undefined || moduleName === undefined || schemaVersion === undefined || syntaxRead === undefined)
    return undefined;
  return {
    file,
    schemaVersion,
    name,
    moduleName,
    ...optional,
    ...rest,
    syntax: syntaxRead.items,
    parameters: checked ?? [],
  };
}

function readSchemaVersion(frontMatter: FrontMatter, findings: Findings): CommandHelp['schemaVersion'] | undefined {
  const old = frontMatterText(frontMatter, 'schema');
  const current = frontMatterText(frontMatter, 'PlatyPS schema version');
  if (current === '2024-05-01' && (old === undefined || old === '2.0.0')) return current;
  if (current === undefined && old === '2.0.0') return old;
  if (frontMatter.entries.size === 0) return undefined;
  const line = (frontMatter.entries.get('platyps schema version') ?? frontMatter.entries.get('schema'))?.line ?? 1;
  findings.add(
    'schema-unknown',
    line,
    current === undefined && old === undefined
      ? 'The front matter names no schema'
      : `The front matter names the schema ${quoted(current ?? old ?? '')}`,
    'Write `schema: 2.0.0` or `PlatyPS schema version: 2024-05-01`',
  );
  return undefined;
}

function readName(page: PageSections, frontMatter: FrontMatter, findings: Findings): string | undefined {
  const { title: name, line } = page.title;
  if (name === '') return undefined;
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name)) {
    findings.add(
      'command-name-invalid',
      line,
      `${quoted(name)} is no name of a command`,
      'Write the name alone: `# Verb-Noun`',
    );
    return undefined;
  }
  const title = frontMatterText(frontMatter, 'title');
  if (title !== undefined && title.toLowerCase() !== name.toLowerCase()) {
    findings.add(
      'title-mismatch',
      frontMatter.entries.get('title')?.line ?? 1,
      `The front matter has the title ${quoted(title)}, the page is of ${quoted(name)}`,
      'Give both the same name',
    );
  }
  return name;
}

function readOptionalKeys(
  frontMatter: FrontMatter,
  findings: Findings,
): Pick<CommandHelp, 'externalHelpFile' | 'onlineVersionUrl' | 'locale'> {
  const externalHelpFile = frontMatterText(frontMatter, 'external help file');
  // The 2024-05-01 schema has HelpUri in place of 2.0.0's online version.
  const onlineVersionUrl = frontMatterText(frontMatter, 'HelpUri') ?? frontMatterText(frontMatter, 'online version');
  const locale = frontMatterText(frontMatter, 'Locale');
  if (externalHelpFile !== undefined && /[/\\:*?"<>|]|^\.+$/.test(externalHelpFile)) {
    findings.add(
      'external-help-file-invalid',
      frontMatter.entries.get('external help file')?.line ?? 1,
      `The external help file is ${quoted(externalHelpFile)}`,
      'Write the name of a file, without a folder',
    );
  }
  return {
    ...(externalHelpFile === undefined ? {} : { externalHelpFile }),
    ...(onlineVersionUrl === undefined ? {} : { onlineVersionUrl }),
    ...(locale === undefined ? {} : { locale }),
  };
}

const OWN_KEYS = [
  'external help file',
  'helpuri',
  'online version',
  'locale',
  'module name',
  'schema',
  'platyps schema version',
];

function metadataOf(frontMatter: FrontMatter): CommandHelp['metadata'] {
  const rest = [...frontMatter.entries].filter(([key]) => !OWN_KEYS.includes(key));
  return Object.fromEntries(rest.map(([, { key, value }]) => [key, value]));
}
