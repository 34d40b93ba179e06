import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { quoted } from './diagnostic.ts';
import { readParameterSets2024 } from './parameter-sets-2024.ts';
import { isNone, readAliases, readFlag, splitList, type YamlPlace } from './parameter-values.ts';
import type { ParameterYaml } from './parameter-yaml.ts';
import { type Entries, list, readEntries, scalarText } from './yaml-entries.ts';

/** Whether a yaml block has the form of schema 2024-05-01: its keys are written without blanks. */
export function isYaml2024(text: string): boolean {
  return /^[ \t]*(?:ParameterSets|DefaultValue|SupportsWildcards|AcceptedValues|DontShow|HelpMessage|ParameterValue)\s*:/im.test(
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
  const oddity = findOddity(document);
  if (oddity !== undefined) {
    findings.add(
      'parameter-yaml-invalid',
      lineAt(oddity),
      `The yaml block of -${name} has an alias of YAML, or a key that is no text`,
      'Write each key as a word and each value in its place',
    );
    return undefined;
  }
  const twice = repeatedKey(entries);
  // YAML itself has refused equal keys; these differ in case.
  if (twice !== undefined) {
    findings.add(
      'parameter-yaml-key-duplicate',
      twice[1],
      `The yaml block of -${name} has ${quoted(twice[0])} twice`,
      'Leave one of the two',
    );
    return undefined;
  }
  reportKeys(entries, text, place);

  const sets = readParameterSets2024(entries.get('parametersets'), text, lineAt, place);
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

/** Where a block has something of YAML that PlatyPS never writes, and that would be read as nothing. */
function findOddity(document: ReturnType<typeof parseDocument>): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias: (_, node) => {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
    Pair: (_, { key }) => {
      if (isScalar(key)) return undefined;
      offset = isMap(key) || isSeq(key) ? (key.range?.[0] ?? 0) : 0;
      return visit.BREAK;
    },
  });
  return offset;
}

// YAML tells keys apart by case, PlatyPS does not.
function repeatedKey({ keys }: Entries): [written: string, line: number] | undefined {
  const seen = new Set<string>();
  return keys.find(([key]) => seen.has(key.toLowerCase()) || !seen.add(key.toLowerCase()));
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
