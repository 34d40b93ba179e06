import type { Findings } from './diagnostic.ts';
import { quoted } from './diagnostic.ts';
import type { ParameterSetBlock } from './model.ts';

/** What one yaml block says of a parameter, in either schema. */
export type ParameterYaml = {
  line: number;
  /** Absent where the block has none. */
  type?: string;
  aliases: string[];
  acceptedValues: string[];
  defaultValue?: string;
  supportsWildcards: boolean;
  dontShow: boolean;
  helpMessage?: string;
  blocks: ParameterSetBlock[];
};

/** Where a yaml block stands: the parameter's name, and the block's first line in the file. */
export type YamlPlace = { name: string; line: number; findings: Findings };

const KEYS = [
  ...['type', 'parameter sets', 'aliases', 'accepted values', 'applicable', 'required', 'position', 'default value'],
  ...['accept pipeline input', 'accept wildcard characters'],
];

// PlatyPS's schema says of the other keys that they may be left out.
const EXPECTED_KEYS: [key: string, written: string, assumed: string][] = [
  ['parameter sets', 'Parameter Sets', '(All)'],
  ['required', 'Required', 'False'],
  ['position', 'Position', 'Named'],
  ['accept pipeline input', 'Accept pipeline input', 'False'],
  ['accept wildcard characters', 'Accept wildcard characters', 'False'],
];

/**
 * Reads a yaml block of schema 2.0.0, which is not YAML but lines of `Key: value`, as PlatyPS 0.14 does: keys
 * case-insensitive, lists parted by commas, an empty value as good as no key. Undefined after an error.
 */
export function readParameterYaml(text: string, place: YamlPlace): ParameterYaml | undefined {
  const { name, line, findings } = place;
  const values = readLines(text, place);
  if (values === undefined) return undefined;
  const value = (key: string) => values.get(key)?.value ?? '';
  const lineOf = (key: string) => values.get(key)?.line ?? line;

  for (const [key, written, assumed] of EXPECTED_KEYS) {
    if (value(key) !== '') continue;
    findings.add(
      'parameter-yaml-key-missing',
      lineOf(key),
      `The yaml block of -${name} has no ${written}; ${assumed} is taken`,
      `Write \`${written}: ${assumed}\`, or what is right`,
    );
  }
  if (value('applicable') !== '') {
    findings.add(
      'parameter-yaml-not-carried',
      lineOf('applicable'),
      `The yaml block of -${name} is for ${quoted(value('applicable'))} alone, which is not carried: the parameter is always there`,
      'Take `Applicable` away',
    );
  }
  const required = readRequired(value('required'), lineOf('required'), place);
  const position = readPosition(value('position'), lineOf('position'), place);
  const pipeline = readPipeline(value('accept pipeline input'), lineOf('accept pipeline input'), place);
  if (required === undefined || position === undefined || pipeline === undefined) return undefined;
  const sets = splitList(value('parameter sets'));
  const type = value('type');
  const defaultValue = value('default value');
  return {
    line,
    ...(type === '' ? {} : { type }),
    aliases: readAliases(value('aliases'), lineOf('aliases'), place),
    acceptedValues: splitList(value('accepted values')),
    ...(isNone(defaultValue) ? {} : { defaultValue }),
    supportsWildcards: readFlag(
      'Accept wildcard characters',
      value('accept wildcard characters'),
      lineOf('accept wildcard characters'),
      place,
    ),
    dontShow: false,
    blocks: required(sets.length === 0 ? ['(All)'] : sets).map(part => ({
      ...part,
      position,
      ...pipeline,
      valueFromRemainingArguments: false,
      line,
    })),
  };
}

/** A comma-separated list, without the blanks around its items and without empty ones. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}

/** Whether a default value says that there is none. */
export function isNone(defaultValue: string): boolean {
  return defaultValue === '' || /^none$/i.test(defaultValue);
}

/** A position: a number from 0, or `Named`. Undefined after an error. */
export function readPosition(text: string, line: number, { name, findings }: YamlPlace): number | 'named' | undefined {
  if (text === '' || /^named$/i.test(text)) return 'named';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  findings.add(
    'parameter-yaml-value',
    line,
    `The position of -${name} is ${quoted(text)}`,
    'Write a number from 0 on, or Named',
  );
  return undefined;
}

/** True or False of a key that changes no binding: anything else is doubtful, and read as False. */
export function readFlag(key: string, text: string, line: number, { name, findings }: YamlPlace): boolean {
  if (/^true$/i.test(text)) return true;
  if (text !== '' && !/^false$/i.test(text)) {
    findings.add(
      'parameter-yaml-doubtful',
      line,
      `${key} of -${name} is ${quoted(text)}, and read as False`,
      'Write True or False',
    );
  }
  return false;
}

/** Aliases from a comma-separated text; `None` says that there are none. */
export function readAliases(text: string, line: number, { name, findings }: YamlPlace): string[] {
  const aliases = splitList(text);
  if (aliases.length !== 1 || !/^none$/i.test(text)) return aliases;
  findings.add(
    'parameter-yaml-doubtful',
    line,
    `The aliases of -${name} are 'None', which is read as no alias`,
    'Leave the value empty where there is no alias',
  );
  return [];
}

function readLines(
  text: string,
  { name, line, findings }: YamlPlace,
): Map<string, { value: string; line: number }> | undefined {
  const values = new Map<string, { value: string; line: number }>();
  let isReadable = true;
  for (const [index, source] of text.split('\n').entries()) {
    if (source.trim() === '') continue;
    const at = line + index;
    const colon = source.indexOf(':');
    const key = source.slice(0, Math.max(colon, 0)).trim();
    const lower = key.replace(/\s+/g, ' ').toLowerCase();
    if (key === '') {
      findings.add(
        'parameter-yaml-invalid',
        at,
        `The yaml block of -${name} has the line ${quoted(source)}`,
        'Write each line as `Key: value`',
      );
      isReadable = false;
    } else if (!KEYS.includes(lower)) {
      findings.add(
        'parameter-yaml-key-unknown',
        at,
        `The yaml block of -${name} has the key ${quoted(key)}, which is not carried`,
        'Take it away, or write one of: Type, Parameter Sets, Aliases, Accepted values, Required, Position, Default value, Accept pipeline input, Accept wildcard characters',
      );
    } else if (values.has(lower)) {
      findings.add(
        'parameter-yaml-key-duplicate',
        at,
        `The yaml block of -${name} has ${quoted(key)} twice`,
        'Leave one of the two',
      );
      isReadable = false;
    } else {
      values.set(lower, { value: source.slice(colon + 1).trim(), line: at });
    }
  }
  return isReadable ? values : undefined;
}

type RequiredPart = { parameterSets: string[]; isRequired: boolean };

// Some pages name the sets: `True (A, B) False (C)`. The block then is as good as two.
function readRequired(text: string, line: number, place: YamlPlace): ((sets: string[]) => RequiredPart[]) | undefined {
  if (text === '' || /^(?:true|false)$/i.test(text)) {
    return sets => [{ parameterSets: sets, isRequired: /^true$/i.test(text) }];
  }
  const named = /^true\s*\(([^()]*)\)(?:[\s,]*false\s*\([^()]*\))?$/i.exec(text)?.[1];
  if (named !== undefined) {
    const required = splitList(named.toLowerCase());
    const isAll = required.length === 1 && /^\(?all\)?$/.test(required[0] ?? '');
    return sets =>
      [true, false].flatMap(isRequired => {
        const parameterSets = sets.filter(set => (isAll || required.includes(set.toLowerCase())) === isRequired);
        return parameterSets.length === 0 ? [] : [{ parameterSets, isRequired }];
      });
  }
  place.findings.add(
    'parameter-yaml-value',
    line,
    `Required of -${place.name} is ${quoted(text)}`,
    'Write True or False',
  );
  return undefined;
}

type Pipeline = { valueFromPipeline: boolean; valueFromPipelineByPropertyName: boolean };

function readPipeline(text: string, line: number, { name, findings }: YamlPlace): Pipeline | undefined {
  const compact = text.replace(/\s+/g, '').toLowerCase();
  if (compact === '' || compact === 'false')
    return { valueFromPipeline: false, valueFromPipelineByPropertyName: false };
  const ways = /^true\(((?:by(?:value|propertyname),?)+)\)$/.exec(compact)?.[1]?.split(',');
  if (ways !== undefined) {
    return {
      valueFromPipeline: ways.includes('byvalue'),
      valueFromPipelineByPropertyName: ways.includes('bypropertyname'),
    };
  }
  const flags = /^byvalue\((true|false)\),?by(?:property)?name\((true|false)\)$/.exec(compact);
  if (flags !== null) {
    return { valueFromPipeline: flags[1] === 'true', valueFromPipelineByPropertyName: flags[2] === 'true' };
  }
  if (compact === 'true') {
    findings.add(
      'parameter-yaml-doubtful',
      line,
      `Accept pipeline input of -${name} is True without saying how, and read as by value and by property name`,
      'Write True (ByValue), True (ByPropertyName) or True (ByPropertyName, ByValue)',
    );
    return { valueFromPipeline: true, valueFromPipelineByPropertyName: true };
  }
  findings.add(
    'parameter-yaml-value',
    line,
    `Accept pipeline input of -${name} is ${quoted(text)}`,
    'Write False, True (ByValue), True (ByPropertyName) or True (ByPropertyName, ByValue)',
  );
  return undefined;
}
