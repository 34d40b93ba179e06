import { isMap, isSeq } from 'yaml';
import { quoted } from './diagnostic.ts';
import { readFlag, readPosition, type YamlPlace } from './parameter-values.ts';
import type { DescribedBlock } from './parameter-yaml.ts';
import { type Entry, readEntries, scalarText } from './yaml-entries.ts';

/**
 * Reads `ParameterSets:` of a yaml block of schema 2024-05-01, an entry for each set. Without entries the parameter is
 * in every set, named and optional. `lineAt` gives the line of an offset in `text`. Undefined after an error.
 */
export function readParameterSets2024(
  entry: Entry | undefined,
  text: string,
  lineAt: (offset: number | undefined) => number,
  place: YamlPlace,
): DescribedBlock[] | undefined {
  const items = isSeq(entry?.value) ? entry.value.items : [];
  const blocks: DescribedBlock[] = [];
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
        { parameters: [place.name], members: [MEMBERS_OF_KEY[key]] },
      );
    }
    const position = readPosition(scalar('position'), at('position'), place);
    const required = scalar('isrequired');
    const isRequiredUnread = required !== '' && !/^(?:true|false)$/i.test(required);
    if (isRequiredUnread) {
      place.findings.add(
        'parameter-yaml-value',
        at('isrequired'),
        `IsRequired of -${place.name} is ${quoted(required)}; what SYNTAX shows is taken`,
        'Write true or false',
        { parameters: [place.name], members: ['isRequired'] },
      );
    }
    const unread = [
      ...(isRequiredUnread ? (['isRequired'] as const) : []),
      ...(position === undefined ? (['position'] as const) : []),
    ];
    const flag = (key: string) => readFlag(key, scalar(key.toLowerCase()), at(key.toLowerCase()), place);
    blocks.push({
      parameterSets: [scalar('name') || '(All)'],
      isRequired: /^true$/i.test(required),
      position: position ?? 'named',
      valueFromPipeline: flag('ValueFromPipeline'),
      valueFromPipelineByPropertyName: flag('ValueFromPipelineByPropertyName'),
      valueFromRemainingArguments: flag('ValueFromRemainingArguments'),
      line,
      ...(unread.length === 0 ? {} : { unread }),
    });
  }
  if (!isReadable) return undefined;
  return blocks.length > 0 ? blocks : [{ ...EVERYWHERE, line: place.line }];
}

const MEMBERS_OF_KEY = { Name: 'parameterSets', Position: 'position', IsRequired: 'isRequired' } as const;

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
