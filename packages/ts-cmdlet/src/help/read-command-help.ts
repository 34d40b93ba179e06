import { frontMatterAliases, readAliasesSection } from './aliases.ts';
import { crossCheck } from './cross-check.ts';
import { Findings, type HelpDiagnostic, quoted } from './diagnostic.ts';
import { readExamples } from './examples.ts';
import { type FrontMatter, frontMatterText, readFrontMatter } from './front-matter.ts';
import { COMMAND_KEYS, filledIn, otherKeys, readSchemaVersion, reportNotCarried } from './front-matter-keys.ts';
import { readInputsOutputs } from './inputs-outputs.ts';
import { lexMarkdown } from './lex-markdown.ts';
import type { CommandHelp } from './model.ts';
import { type PageSections, readPageSections } from './page-sections.ts';
import { normalisePage } from './page-text.ts';
import { readParameters, schemaOfYaml } from './parameters.ts';
import { isModulePage } from './read-module-page.ts';
import { readRelatedLinks } from './related-links.ts';
import { describedNames, readSyntax } from './syntax.ts';
import { readTextBlocks } from './text-blocks.ts';

/**
 * Reads the PlatyPS Markdown help of one command, schema 2.0.0 or 2024-05-01.
 *
 * `file` is the page's name for the findings and the model. Never throws for any text: what is wrong with the page is
 * among the findings (see `diagnostic-codes.ts`), as many as can be told at once, and `help` is undefined when one of
 * them is an error.
 */
export function readCommandHelp(
  markdown: string,
  file: string,
): { help: CommandHelp | undefined; diagnostics: HelpDiagnostic[] } {
  const findings = new Findings(file);
  const help = readPage(normalisePage(markdown), file, findings);
  const diagnostics = findings.sorted();
  if (help === undefined || findings.hasErrors) return { help: undefined, diagnostics };
  return { help, diagnostics };
}

function readPage(markdown: string, file: string, findings: Findings): CommandHelp | undefined {
  const frontMatter = readFrontMatter(markdown, findings);
  if (isModulePage(frontMatter)) {
    findings.add(
      'document-type',
      1,
      'The page is of a module, and not of a command',
      'Take `Module Guid` away, or write `document type: cmdlet`; `readHelpFolder` reads module pages',
    );
    return undefined;
  }
  const tokens = lexMarkdown(frontMatter.body, frontMatter.bodyLine, findings);
  const schemaVersion = readSchemaVersion(frontMatter, findings, schemaOfYaml(tokens));
  const moduleName = readModuleName(frontMatter, findings);
  const page = readPageSections(tokens, findings);
  const name = readName(page, frontMatter, findings);
  const text = (section: string) => readTextBlocks(page.sections.get(section)?.body ?? [], findings);
  const parameters = readParameters(
    page.sections.get('PARAMETERS') ?? { ...page.title, title: 'PARAMETERS', body: [] },
    schemaVersion ?? '2.0.0',
    findings,
  );
  const syntax = page.sections.get('SYNTAX');
  const syntaxRead = syntax && readSyntax(syntax, name, schemaVersion ?? '2.0.0', describedNames(parameters), findings);
  const checked = syntaxRead && crossCheck(syntaxRead, parameters, page.sections.has('PARAMETERS'), findings);
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
  reportNotCarried(frontMatter, COMMAND_KEYS, findings);
  const aliases = page.sections.get('ALIASES');
  const inputs = page.sections.get('INPUTS');
  const outputs = page.sections.get('OUTPUTS');
  const examples = page.sections.get('EXAMPLES');
  const links = page.sections.get('RELATED LINKS');
  const rest = {
    metadata: otherKeys(frontMatter, COMMAND_KEYS),
    synopsis,
    aliases: [...(aliases ? readAliasesSection(aliases, findings) : []), ...frontMatterAliases(frontMatter, findings)],
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

/** The first releases of PlatyPS wrote no `Module Name`; the MAML file is `Name-help.xml`, or a binary's. */
function readModuleName(frontMatter: FrontMatter, findings: Findings): string | undefined {
  const name = filledIn(frontMatter, 'Module Name', findings);
  if (name !== undefined || !frontMatter.isPresent) return name;
  const file = frontMatterText(frontMatter, 'external help file') ?? '';
  const [, assumed] = /^([\p{L}\p{N}_][\p{L}\p{N}_.-]*?)(?:\.(?:dll|psm1|psd1|cdxml))?-help\.xml$/iu.exec(file) ?? [];
  if (assumed === undefined) {
    findings.add('module-name-missing', 1, 'The front matter does not name the module', 'Write `Module Name: ...`');
  } else {
    findings.add(
      'module-name-assumed',
      1,
      `The front matter does not name the module; from the external help file, ${quoted(assumed)} is taken`,
      'Write `Module Name: ...`',
    );
  }
  return assumed;
}

function readName(page: PageSections, frontMatter: FrontMatter, findings: Findings): string | undefined {
  const { title: written, line } = page.title;
  const title = frontMatterText(frontMatter, 'title');
  const name = COMMAND_NAME.test(written) ? written : nameBeside(page, title, findings.file);
  if (name !== written) {
    const wrong = written === '' ? 'The page has no level 1 heading' : `${quoted(written)} is no name of a command`;
    const missing = written === '' ? 'command-name-missing' : 'command-name-invalid';
    findings.add(
      name === undefined ? missing : 'command-name-assumed',
      line,
      name === undefined ? wrong : `${wrong}; as the rest of the page is of ${name}, this is taken`,
      'Write the name alone: `# Verb-Noun`',
      name === undefined ? undefined : { members: ['name'] },
    );
  }
  if (name === undefined) return undefined;
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

const COMMAND_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;

/** The name that SYNTAX has, where the front matter's title or the file has it too. */
function nameBeside(page: PageSections, title: string | undefined, file: string): string | undefined {
  const code = page.sections.get('SYNTAX')?.body.find(({ token }) => token.type === 'code')?.token;
  const [first = ''] = (code?.type === 'code' ? code.text : '').trimStart().split(/\s/, 1);
  const others = [title, /([^/\\]+)\.md$/i.exec(file)?.[1]].map(name => name?.toLowerCase());
  return COMMAND_NAME.test(first) && others.includes(first.toLowerCase()) ? first : undefined;
}

function readOptionalKeys(
  frontMatter: FrontMatter,
  findings: Findings,
): Pick<CommandHelp, 'externalHelpFile' | 'onlineVersionUrl' | 'locale'> {
  let externalHelpFile = filledIn(frontMatter, 'external help file', findings);
  // The 2024-05-01 schema has HelpUri in place of 2.0.0's online version.
  const onlineVersionUrl =
    filledIn(frontMatter, 'HelpUri', findings) ?? filledIn(frontMatter, 'online version', findings);
  const locale = filledIn(frontMatter, 'Locale', findings);
  if (externalHelpFile !== undefined && /[/\\:*?"<>|]|^\.+$/.test(externalHelpFile)) {
    const last = externalHelpFile.split(/[/\\]/).at(-1) ?? '';
    const taken = /^[\w.-]+\.xml$/i.test(last) ? last : undefined;
    findings.add(
      'external-help-file-invalid',
      frontMatter.entries.get('external help file')?.line ?? 1,
      `The external help file is ${quoted(externalHelpFile)}, which is no file name; ${taken === undefined ? "the module's own" : quoted(taken)} is taken`,
      'Write the name of a file, without a folder',
      { members: ['externalHelpFile'] },
    );
    externalHelpFile = taken;
  }
  return {
    ...(externalHelpFile === undefined ? {} : { externalHelpFile }),
    ...(onlineVersionUrl === undefined ? {} : { onlineVersionUrl }),
    ...(locale === undefined ? {} : { locale }),
  };
}
