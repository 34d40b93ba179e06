import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { quoted } from './diagnostic.ts';
import type { ParameterSetBlock } from './model.ts';
import { isNone, readAliases, readFlag, readPosition, splitList, type YamlPlace } from './parameter-values.ts';
import type { ParameterYaml } from './parameter-yaml.ts';
import { type Entries, type Entry, list, readEntries, scalarText } from './yaml-entries.ts';

/** Whether a yaml block has the form of schema 2024-05-01: its keys are written without blanks. */
export function isYaml2024(text: string): boolean {
  return /^\s*(?:ParameterSets|DefaultValue|SupportsWildcards|AcceptedValues|DontShow|HelpMessage|ParameterValue)\s*:/im.test(
    text,
  );
}

/**
 * Reads a yaml block of schema 2024-05-01, which is YAML with each scalar kept as text. Undefined after an error.
 * `Globbing` is the name that the previews of PlatyPS 1.0 gave to `SupportsWildcards`.
 */
export function readParameterYaml2024(text: string, place: YamlPlace): ParameterYaml | undefined {
  const { name, findings } = place;
  const lineCounter = new LineCounter();
  const lineAt = (offset: number | undefined) => place.line + lineCounter.linePos(offset ?? 0).line - 1;
  const document = parse(text, lineCounter);
  const fault = document instanceof Error ? document : document.errors[0];
  if (document instanceof Error || fault !== undefined || !isMap(document.contents)) {
    const position = fault !== undefined && 'pos' in fault && Array.isArray(fault.pos) ? Number(fault.pos[0]) : 0;
    findings.add(
      'parameter-yaml-invalid',
      lineAt(position),
      `The yaml block of -${name} is no YAML mapping${fault === undefined ? '' : `: ${fault.message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '')}`}`,
      'Write `Key: value` lines as PlatyPS does; put a value between single quotes where it begins with * [ { & ! % @ or has a colon and a blank',
    );
    return undefined;
  }
  const entries = readEntries(document.contents, lineAt);
  const at = (key: string) => entries.get(key)?.line ?? place.line;
  const scalar = (key: string) => scalarText(entries.get(key)?.value, text);
  reportKeys(entries, text, place);

  const sets = readSets(entries.get('parametersets'), text, lineAt, place);
  if (sets === undefined) return undefined;
  const type = scalar('type');
  const defaultValue = scalar('defaultvalue');
  const helpMessage = scalar('helpmessage');
  const wildcards = entries.get('supportswildcards') === undefined ? 'globbing' : 'supportswildcards';
  return {
    line: place.line,
    ...(type === '' ? {} : { type }),
    aliases: list(entries.get('aliases')?.value, text, value => readAliases(value, at('aliases'), place)),
    acceptedValues: list(entries.get('acceptedvalues')?.value, text, splitList),
    ...(isNone(defaultValue) ? {} : { defaultValue }),
    supportsWildcards: readFlag('SupportsWildcards', scalar(wildcards), at(wildcards), place),
    dontShow: readFlag('DontShow', scalar('dontshow'), at('dontshow'), place),
    ...(helpMessage === '' ? {} : { helpMessage }),
    blocks: sets,
  };
}

function parse(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | Error {
  try {
    return parseDocument(text, { schema: 'failsafe', lineCounter, logLevel: 'silent', prettyErrors: false });
  } catch (error) {
    // Nesting that is too deep ends in a RangeError.
    return error instanceof Error ? error : new Error(String(error));
  }
}

const KEYS = [
  ...[
    'type',
    'defaultvalue',
    'supportswildcards',
    'globbing',
    'aliases',
    'parametersets',
    'dontshow',
    'acceptedvalues',
  ],
  ...['helpmessage', 'parametervalue', 'variablelength'],
];

function reportKeys(entries: Entries, text: string, { name, findings }: YamlPlace): void {
  for (const [key, line] of entries.keys) {
    const lower = key.toLowerCase();
    if (!KEYS.includes(lower)) {
      findings.add(
        'parameter-yaml-key-unknown',
        line,
        `The yaml block of -${name} has the key ${quoted(key)}, which is not carried`,
        'Take it away, or write one of: Type, DefaultValue, SupportsWildcards, Aliases, ParameterSets, DontShow, AcceptedValues, HelpMessage',
      );
    }
    const values = list(entries.get(lower)?.value, text, value => [value]);
    const isTold =
      lower === 'variablelength' ? !/^true$/i.test(values.join()) : lower === 'parametervalue' && values.length > 0;
    if (isTold) {
      findings.add(
        'parameter-yaml-not-carried',
        line,
        `${key} of -${name} is ${quoted(values.join(', '))}, which is not carried`,
        'Take it away',
      );
    }
  }
  if (entries.get('parametersets') === undefined) {
    const line = entries.keys[0]?.[1] ?? 1;
    findings.add(
      'parameter-yaml-key-missing',
      line,
      `The yaml block of -${name} has no ParameterSets; (All), named and optional, is taken`,
      'Write `ParameterSets:` with an entry for each set',
    );
  }
}

function readSets(
  entry: Entry | undefined,
  text: string,
  lineAt: (offset: number | undefined) => number,
  place: YamlPlace,
): ParameterSetBlock[] | undefined {
  const items = isSeq(entry?.value) ? entry.value.items : [];
  const blocks: ParameterSetBlock[] = [];
  let isReadable = true;
  for (const item of items) {
    if (!isMap(item)) {
      place.findings.add(
        'parameter-yaml-invalid',
        entry?.line ?? place.line,
        `ParameterSets of -${place.name} has an entry that is no mapping`,
        'Write `- Name: ...` with Position, IsRequired and the rest below it',
      );
      isReadable = false;
      continue;
    }
    const line = lineAt(item.range?.[0]);
    const set = readEntries(item, lineAt);
    const scalar = (key: string) => scalarText(set.get(key)?.value, text);
    const at = (key: string) => set.get(key)?.line ?? line;
    for (const [key, keyLine] of set.keys) {
      if (SET_KEYS.some(known => known.toLowerCase() === key.toLowerCase())) continue;
      place.findings.add(
        'parameter-yaml-key-unknown',
        keyLine,
        `An entry of ParameterSets of -${place.name} has the key ${quoted(key)}, which is not carried`,
        `Take it away, or write one of: ${SET_KEYS.join(', ')}`,
      );
    }
    for (const [key, assumed] of [
      ['Name', '(All)'],
      ['Position', 'Named'],
      ['IsRequired', 'false'],
    ] as const) {
      if (scalar(key.toLowerCase()) !== '') continue;
      place.findings.add(
        'parameter-yaml-key-missing',
        line,
        `An entry of ParameterSets of -${place.name} has no ${key}; ${assumed} is taken`,
        `Write \`${key}: ${assumed}\`, or what is right`,
      );
    }
    const position = readPosition(scalar('position'), at('position'), place);
    const required = scalar('isrequired');
    if (required !== '' && !/^(?:true|false)$/i.test(required)) {
      place.findings.add(
        'parameter-yaml-value',
        at('isrequired'),
        `IsRequired of -${place.name} is ${quoted(required)}`,
        'Write true or false',
      );
      isReadable = false;
    }
    if (position === undefined) {
      isReadable = false;
      continue;
    }
    const flag = (key: string) => readFlag(key, scalar(key.toLowerCase()), at(key.toLowerCase()), place);
    blocks.push({
      parameterSets: [scalar('name') || '(All)'],
      isRequired: /^true$/i.test(required),
      position,
      valueFromPipeline: flag('ValueFromPipeline'),
      valueFromPipelineByPropertyName: flag('ValueFromPipelineByPropertyName'),
      valueFromRemainingArguments: flag('ValueFromRemainingArguments'),
      line,
    });
  }
  if (!isReadable) return undefined;
  return blocks.length > 0 ? blocks : [{ ...EVERYWHERE, line: place.line }];
}

const SET_KEYS = [
  ...['Name', 'Position', 'IsRequired', 'ValueFromPipeline', 'ValueFromPipelineByPropertyName'],
  ...['ValueFromRemainingArguments'],
];

const EVERYWHERE = {
  parameterSets: ['(All)'],
  isRequired: false,
  position: 'named' as const,
  valueFromPipeline: false,
  valueFromPipelineByPropertyName: false,
  valueFromRemainingArguments: false,
};
