import { type Findings, quoted } from './diagnostic.ts';
import { headingText } from './inline-text.ts';
import { isFenced, type LocatedToken } from './lex-markdown.ts';
import { type DescribedParameter, mergeParameter } from './merge-parameter.ts';
import type { CommandHelp, TextBlock } from './model.ts';
import { type ParameterYaml, readParameterYamls } from './parameter-yaml.ts';
import { isYaml2024, readParameterYaml2024 } from './parameter-yaml-2024.ts';
import { reportText, type Section, splitSections } from './sections.ts';
import { codeLanguage, readTextBlocks } from './text-blocks.ts';

/** What PARAMETERS says. */
export type Parameters = {
  parameters: DescribedParameter[];
  commonParameters: TextBlock[];
  hasCommonParameters: boolean;
  /** Lower-cased names of parameters that are there, but could not be read. */
  unreadable: Set<string>;
  /** Parameters without a yaml block, which SYNTAX may show. */
  withoutYaml: { name: string; line: number; description: TextBlock[] }[];
};

/** A heading that gives a parameter: a hyphen (or a dash that an editor made of it) and a name. */
export const PARAMETER_HEADING = /^[-–—―]\s?[\p{L}_][\p{L}\p{N}_-]*$/u;

/** Reads PARAMETERS: `### -Name` with a description and one yaml block or more; `### CommonParameters`. */
export function readParameters(
  section: Section,
  schemaVersion: CommandHelp['schemaVersion'],
  findings: Findings,
): Parameters {
  const result: Parameters = {
    parameters: [],
    commonParameters: [],
    hasCommonParameters: false,
    unreadable: new Set(),
    withoutYaml: [],
  };
  const { before, sections } = splitSections(section.body, isParameterHeading);
  reportText(before, 'PARAMETERS', 'Begin with a heading `### -Name`', findings);
  const read = new Map<string, ReadParameter>();
  for (const part of sections) {
    if (/^[-–—―]?\s?<?commonparameters>?$/i.test(part.title)) {
      result.hasCommonParameters = true;
      result.commonParameters.push(...readTextBlocks(part.body, findings));
      continue;
    }
    if (/^[-–—―]?\s?<?workflowcommonparameters>?$/i.test(part.title)) {
      findings.add(
        'text-not-carried',
        part.line,
        'Workflow common parameters are not carried: PowerShell 7 does not know them',
        'Take the heading and its text away',
      );
      continue;
    }
    const name = readName(part, findings);
    if (name === undefined) continue;
    const known = read.get(name.toLowerCase());
    const parameter = readParameter(known?.name ?? name, part, schemaVersion, findings);
    if (known === undefined) read.set(name.toLowerCase(), parameter);
    else joinDuplicate(known, parameter, findings);
  }
  for (const parameter of read.values()) {
    const { name, line, description, yamls } = parameter;
    const merged = yamls && mergeParameter(name, line, description, yamls, findings);
    if (yamls?.length === 0) result.withoutYaml.push({ name, line, description });
    else if (merged === undefined) result.unreadable.add(name.toLowerCase());
    else result.parameters.push(merged);
  }
  return result;
}

/** A parameter's heading, text and yaml blocks; without blocks where one of them could not be read. */
type ReadParameter = { name: string; line: number; description: TextBlock[]; yamls?: ParameterYaml[] };

/** A second description adds what the first does not say: its text, and its yaml blocks as if they stood with the first's. */
function joinDuplicate(known: ReadParameter, other: ReadParameter, findings: Findings): void {
  const isSameText = textOf(known.description) === textOf(other.description);
  findings.add(
    'parameter-duplicate',
    other.line,
    `-${known.name} is described in line ${known.line} already: both are read as one${isSameText ? '' : ', with both texts'}`,
    'Describe each parameter once',
    { parameters: [known.name], members: ['description', 'parameterSets'] },
  );
  if (!isSameText) known.description.push(...other.description);
  if (other.yamls === undefined) delete known.yamls;
  else if (known.yamls !== undefined && withoutLines(known.yamls) !== withoutLines(other.yamls)) {
    known.yamls.push(...other.yamls);
  }
}

function withoutLines(yamls: ParameterYaml[]): string {
  return JSON.stringify(yamls, (key, value: unknown) => (key === 'line' ? undefined : value)).toLowerCase();
}

function textOf(blocks: TextBlock[]): string {
  return JSON.stringify(blocks).replace(/\s+/g, ' ');
}

// A parameter at another level is one all the same: its yaml block must not go to the parameter above.
function isParameterHeading({ token }: LocatedToken): boolean {
  return token.type === 'heading' && (token.depth === 3 || PARAMETER_HEADING.test(headingText(token)));
}

function readName(section: Section, findings: Findings): string | undefined {
  const { title, line } = section;
  if (PARAMETER_HEADING.test(title)) {
    if (section.level !== 3) {
      findings.add(
        'heading-doubtful',
        line,
        `${quoted(title)} is a heading of level ${section.level}`,
        'Write parameters as `### -Name`',
      );
    }
    return title.slice(1).trim();
  }
  const hasYaml = section.body.some(isYamlBlock);
  if (PARAMETER_HEADING.test(`-${title}`) && hasYaml) {
    findings.add(
      'heading-doubtful',
      line,
      `The heading of the parameter ${quoted(title)} has no hyphen`,
      `Write \`### -${title}\``,
    );
    return title;
  }
  const [, first] = /^[-–—―]\s?([\p{L}_][\p{L}\p{N}_-]*)(?![\p{L}\p{N}_-])/u.exec(title) ?? [];
  if (first !== undefined && hasYaml) {
    findings.add(
      'heading-doubtful',
      line,
      `${quoted(title)} has more than a parameter's name, and is read as -${first}`,
      'Write `### -Name` with one name and nothing behind it',
    );
    return first;
  }
  if (hasYaml || /^[-–—―]/.test(title)) {
    findings.add(
      'parameter-name-invalid',
      line,
      `${quoted(title)} is no parameter name`,
      'Write `### -Name` with one name and nothing behind it',
    );
  } else {
    findings.add(
      'text-not-carried',
      line,
      `PARAMETERS has the heading ${quoted(title)}, which is no parameter and not carried`,
      'Write parameters as `### -Name`; a heading within a description has level 4',
    );
  }
  return undefined;
}

function readParameter(
  name: string,
  section: Section,
  schemaVersion: CommandHelp['schemaVersion'],
  findings: Findings,
): ReadParameter {
  const prose: LocatedToken[] = [];
  const yamls: (ParameterYaml | undefined)[] = [];
  for (const located of section.body) {
    const { token, line } = located;
    if (token.type === 'code' && isYamlBlock(located)) {
      const is2024 = isYaml2024(token.text);
      if (is2024 !== (schemaVersion === '2024-05-01')) {
        findings.add(
          'parameter-yaml-schema',
          line,
          `The yaml block of -${name} is in the form of schema ${is2024 ? '2024-05-01' : '2.0.0'}, the page of ${schemaVersion}`,
          'Write the whole page in one schema',
        );
      }
      if (!/^ya?ml$/i.test(codeLanguage(token))) {
        findings.add(
          'parameter-yaml-doubtful',
          line,
          `The yaml block of -${name} is in the language ${quoted(codeLanguage(token))}, and read all the same`,
          'Write ```yaml above it',
          { parameters: [name], members: ['parameters'] },
        );
      }
      const place = { name, line: isFenced(token) && token.text !== '' ? line + 1 : line, findings };
      yamls.push(...(is2024 ? [readParameterYaml2024(token.text, place)] : readParameterYamls(token.text, place)));
    } else {
      if (yamls.length > 0 && token.type !== 'space' && token.type !== 'def') {
        findings.add(
          'parameter-text-after-yaml',
          line,
          `Text follows the yaml block of -${name}`,
          'Write the description above the yaml blocks',
        );
      }
      prose.push(located);
    }
  }
  const description = readTextBlocks(prose, findings);
  const read = yamls.filter(yaml => yaml !== undefined);
  return { name, line: section.line, description, ...(read.length === yamls.length ? { yamls: read } : {}) };
}

/** The schema that the first yaml block is of; 2.0.0 where there is none. */
export function schemaOfYaml(tokens: LocatedToken[]): CommandHelp['schemaVersion'] {
  const first = tokens.find(isYamlBlock)?.token;
  return first?.type === 'code' && isYaml2024(first.text) ? '2024-05-01' : '2.0.0';
}

/** A block whose language is yaml, or begins with it, or that has the keys of one in another language or none. */
function isYamlBlock({ token }: LocatedToken): boolean {
  if (token.type !== 'code' || !isFenced(token)) return false;
  return /^ya?ml/i.test(codeLanguage(token)) || OTHER_YAML.test(token.text);
}

const OTHER_YAML = /^Type:.*\n(?:.*\n)*?(?:Required|Position|ParameterSets):/;
