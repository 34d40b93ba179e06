import { quoted } from './diagnostic.ts';
import type { ParameterSetBlock } from './model.ts';
import {
  isNone,
  readAliases,
  readFlag,
  readPipeline,
  readPosition,
  readRequired,
  splitList,
  type YamlPlace,
} from './parameter-values.ts';

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
  blocks: DescribedBlock[];
};

/** A block of which some members could not be read; what SYNTAX shows takes their place. */
export type DescribedBlock = ParameterSetBlock & { unread?: readonly ('isRequired' | 'position')[] };

const KEYS = new Set([
  ...['type', 'parameter sets', 'aliases', 'accepted values', 'applicable', 'required', 'position', 'default value'],
  ...['accept pipeline input', 'accept wildcard characters'],
]);

const KEY_WITHOUT_COLON =
  /^\s*(?:type|parameter sets|aliases|accepted values|required|position|default value|accept pipeline input|accept wildcard characters)(?=\s|$)/i;

/** What any line of a yaml block may decide. */
const EVERY_MEMBER = [
  ...['type', 'parameterSets', 'aliases', 'acceptedValues', 'isRequired', 'position', 'defaultValue'],
  ...['valueFromPipeline', 'valueFromPipelineByPropertyName', 'supportsWildcards'],
];

// PlatyPS's schema says of the other keys that they may be left out.
const EXPECTED_KEYS: [key: string, written: string, assumed: string][] = [
  ['parameter sets', 'Parameter Sets', '(All)'],
  ['required', 'Required', 'False'],
  ['position', 'Position', 'Named'],
  ['accept pipeline input', 'Accept pipeline input', 'False'],
  ['accept wildcard characters', 'Accept wildcard characters', 'False'],
];

/** Reads the text of a fence of schema 2.0.0: one yaml block, or, as some pages have it, several parted by blank lines. */
export function readParameterYamls(text: string, place: YamlPlace): (ParameterYaml | undefined)[] {
  return splitBlocks(text).map(({ block, index }) => {
    const line = place.line + index;
    if (index > 0) {
      place.findings.add(
        'parameter-yaml-doubtful',
        line,
        `The fence of -${place.name} has another yaml block, which is read as one of its own`,
        'Write each yaml block in a fence of its own',
      );
    }
    return readParameterYaml(block, { ...place, line });
  });
}

// A block begins with its type: a second one behind a blank line is of the next block.
function splitBlocks(text: string): { block: string; index: number }[] {
  if (!/^\s*$/m.test(text)) return [{ block: text, index: 0 }];
  const lines = text.split('\n');
  const types = lines.flatMap((line, index) => (/^[ \t]*type[ \t]*:/i.test(line) ? index : []));
  const starts = [0, ...types.slice(1).filter(index => lines[index - 1]?.trim() === '')];
  return starts.map((index, at) => ({ block: lines.slice(index, starts[at + 1]).join('\n'), index }));
}

/**
 * Reads a yaml block of schema 2.0.0, which is not YAML but lines of `Key: value`, as PlatyPS 0.14 does: keys
 * case-insensitive, lists parted by commas, an empty value as good as no key. A line without a colon is read as the key that
 * it begins with, or left out. Undefined after an error.
 */
function readParameterYaml(text: string, place: YamlPlace): ParameterYaml | undefined {
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
      { parameters: [name], members: MEMBERS_OF_KEY[key] ?? [] },
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
  const unread = [
    ...(required === undefined ? (['isRequired'] as const) : []),
    ...(position === undefined ? (['position'] as const) : []),
  ];
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
    blocks: (required ?? optional)(sets.length === 0 ? ['(All)'] : sets).map(part => ({
      ...part,
      position: position ?? 'named',
      ...pipeline,
      valueFromRemainingArguments: false,
      line,
      ...(unread.length === 0 ? {} : { unread }),
    })),
  };
}

const MEMBERS_OF_KEY: Record<string, readonly string[]> = {
  'parameter sets': ['parameterSets'],
  required: ['isRequired'],
  position: ['position'],
  'accept pipeline input': ['valueFromPipeline', 'valueFromPipelineByPropertyName'],
  'accept wildcard characters': ['supportsWildcards'],
};

function optional(parameterSets: string[]): { parameterSets: string[]; isRequired: boolean }[] {
  return [{ parameterSets, isRequired: false }];
}

function readLines(
  text: string,
  { name, line, findings }: YamlPlace,
): Map<string, { value: string; line: number }> | undefined {
  const values = new Map<string, { value: string; line: number }>();
  let isReadable = true;
  for (const [index, source] of text.split('\n').entries()) {
    if (source === '' || source.trim() === '') continue;
    const at = line + index;
    const written = source.indexOf(':');
    const colon = written < 0 ? (KEY_WITHOUT_COLON.exec(source)?.[0].length ?? -1) : written;
    const key = source.slice(0, Math.max(colon, 0)).trim();
    if (written < 0) {
      const taken = key === '' ? 'is left out' : `is read as the key ${quoted(key)}`;
      findings.add(
        'parameter-yaml-line',
        at,
        `The yaml block of -${name} has the line ${quoted(source)}, which has no colon and ${taken}`,
        'Write each line as `Key: value`',
        { parameters: [name], members: EVERY_MEMBER },
      );
      if (key === '') continue;
    }
    const value = source.slice(colon + 1).trim();
    const lower = (/\s{2}|[^\S ]/.test(key) ? key.replace(/\s+/g, ' ') : key).toLowerCase();
    if (key === '') {
      findings.add(
        'parameter-yaml-line',
        at,
        `The yaml block of -${name} has the line ${quoted(source)}, which has no key and is left out`,
        'Write each line as `Key: value`',
        { parameters: [name], members: EVERY_MEMBER },
      );
    } else if (!KEYS.has(lower)) {
      findings.add(
        'parameter-yaml-key-unknown',
        at,
        `The yaml block of -${name} has the key ${quoted(key)}, which is not carried`,
        'Take it away, or write one of: Type, Parameter Sets, Aliases, Accepted values, Required, Position, Default value, Accept pipeline input, Accept wildcard characters',
      );
    } else if (values.has(lower)) {
      const isSame = values.get(lower)?.value.toLowerCase() === value.toLowerCase();
      findings.add(
        isSame ? 'parameter-yaml-key-repeated' : 'parameter-yaml-key-duplicate',
        at,
        `The yaml block of -${name} has ${quoted(key)} twice${isSame ? ', with the same value' : ', with different values'}`,
        'Leave one of the two',
        isSame ? { parameters: [name], members: [] } : undefined,
      );
      isReadable &&= isSame;
    } else {
      values.set(lower, { value, line: at });
    }
  }
  return isReadable ? values : undefined;
}
