import { type Findings, quoted } from './diagnostic.ts';

/** Where a yaml block stands: the parameter's name, and the block's first line in the file. */
export type YamlPlace = { name: string; line: number; findings: Findings };

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

/** A position: a number from 0, or `Named`. Undefined where it is neither: SYNTAX is asked then. */
export function readPosition(text: string, line: number, { name, findings }: YamlPlace): number | 'named' | undefined {
  if (text === '' || /^named$/i.test(text)) return 'named';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  findings.add(
    'parameter-yaml-value',
    line,
    `The position of -${name} is ${quoted(text)}; what SYNTAX shows is taken`,
    'Write a number from 0 on, or Named',
    { parameters: [name], members: ['position'] },
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
      { parameters: [name], members: FLAG_MEMBERS[key] ?? [] },
    );
  }
  return false;
}

const FLAG_MEMBERS: Record<string, readonly string[]> = {
  'Accept wildcard characters': ['supportsWildcards'],
  SupportsWildcards: ['supportsWildcards'],
  DontShow: ['dontShow'],
  ValueFromPipeline: ['valueFromPipeline'],
  ValueFromPipelineByPropertyName: ['valueFromPipelineByPropertyName'],
  ValueFromRemainingArguments: ['valueFromRemainingArguments'],
};

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

type RequiredPart = { parameterSets: string[]; isRequired: boolean };

/**
 * Required: True or False, or, as some pages have it, with the sets' names: `True (A, B) False (C)`. The block then is as
 * good as two. Returns how a block's sets part; undefined where it is something else: SYNTAX is asked then.
 */
export function readRequired(
  text: string,
  line: number,
  place: YamlPlace,
): ((sets: string[]) => RequiredPart[]) | undefined {
  const [, word] = /^(true|false)(?:[\s,]+\1)*$/i.exec(text) ?? [];
  if (text === '' || word !== undefined) {
    return sets => [{ parameterSets: sets, isRequired: /^true$/i.test(word ?? '') }];
  }
  const named =
    /^true\s*\(([^()]*)\)(?:[\s,]*false(?:\s*\([^()]*\))?)?$/i.exec(text)?.[1] ??
    /^false\s*\([^()]*\)[\s,]*true\s*\(([^()]*)\)$/i.exec(text)?.[1];
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
    `Required of -${place.name} is ${quoted(text)}; what SYNTAX shows is taken`,
    'Write True or False',
    { parameters: [place.name], members: ['isRequired'] },
  );
  return undefined;
}

const PIPELINE_MEMBERS = ['valueFromPipeline', 'valueFromPipelineByPropertyName'];

type Pipeline = { valueFromPipeline: boolean; valueFromPipelineByPropertyName: boolean };

/**
 * Accept pipeline input: False, True with the ways in brackets, or, as some pages have it, `ByValue (True), ByName (False)`
 * or the ways alone. Anything else is read as False.
 */
export function readPipeline(text: string, line: number, { name, findings }: YamlPlace): Pipeline {
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
  if (/^(?:by(?:value|propertyname),?)+$/.test(compact)) {
    findings.add(
      'parameter-yaml-doubtful',
      line,
      `Accept pipeline input of -${name} is ${quoted(text)}, and read as True (${text})`,
      `Write True (${text})`,
      { parameters: [name], members: PIPELINE_MEMBERS },
    );
    return {
      valueFromPipeline: compact.includes('byvalue'),
      valueFromPipelineByPropertyName: compact.includes('bypropertyname'),
    };
  }
  const flags = /^byvalue\((true|false)\),?by(?:property)?name\((true|false)\)$/.exec(compact);
  if (flags !== null) {
    return { valueFromPipeline: flags[1] === 'true', valueFromPipelineByPropertyName: flags[2] === 'true' };
  }
  if (/^false\(.*\)$/.test(compact)) {
    findings.add(
      'parameter-yaml-doubtful',
      line,
      `Accept pipeline input of -${name} is ${quoted(text)}, and read as False`,
      'Write False alone, or True with the ways',
      { parameters: [name], members: PIPELINE_MEMBERS },
    );
    return { valueFromPipeline: false, valueFromPipelineByPropertyName: false };
  }
  if (compact === 'true') {
    findings.add(
      'parameter-yaml-doubtful',
      line,
      `Accept pipeline input of -${name} is True without saying how, and read as by value and by property name`,
      'Write True (ByValue), True (ByPropertyName) or True (ByPropertyName, ByValue)',
      { parameters: [name], members: PIPELINE_MEMBERS },
    );
    return { valueFromPipeline: true, valueFromPipelineByPropertyName: true };
  }
  findings.add(
    'parameter-yaml-value',
    line,
    `Accept pipeline input of -${name} is ${quoted(text)}, and read as False`,
    'Write False, True (ByValue), True (ByPropertyName) or True (ByPropertyName, ByValue)',
    { parameters: [name], members: PIPELINE_MEMBERS },
  );
  return { valueFromPipeline: false, valueFromPipelineByPropertyName: false };
}
