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
  blocks: ParameterSetBlock[];
};

const KEYS = new Set([
  ...['type', 'parameter sets', 'aliases', 'accepted values', 'applicable', 'required', 'position', 'default value'],
  ...['accept pipeline input', 'accept wildcard characters'],
]);

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
  const lines = text.split('\n');
  const types = lines.flatMap((line, index) => (/^[ \t]*type[ \t]*:/i.test(line) ? index : []));
  const starts = [0, ...types.slice(1).filter(index => lines[index - 1]?.trim() === '')];
  return starts.map((index, at) => ({ block: lines.slice(index, starts[at + 1]).join('\n'), index }));
}

/**
 * Reads a yaml block of schema 2.0.0, which is not YAML but lines of `Key: value`, as PlatyPS 0.14 does: keys
 * case-insensitive, lists parted by commas, an empty value as good as no key. Undefined after an error.
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

function readLines(
  text: string,
  { name, line, findings }: YamlPlace,
): Map<string, { value: string; line: number }> | undefined {
  const values = new Map<string, { value: string; line: number }>();
  let isReadable = true;
  for (const [index, source] of text.split('\n').entries()) {
    if (source === '' || source.trim() === '') continue;
    const at = line + index;
    const colon = source.indexOf(':');
    const key = source.slice(0, Math.max(colon, 0)).trim();
    const lower = (/\s{2}|[^\S ]/.test(key) ? key.replace(/\s+/g, ' ') : key).toLowerCase();
    if (key === '') {
      findings.add(
        'parameter-yaml-invalid',
        at,
        `The yaml block of -${name} has the line ${quoted(source)}`,
        'Write each line as `Key: value`',
      );
      isReadable = false;
    } else if (!KEYS.has(lower)) {
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
