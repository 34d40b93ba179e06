import { type Findings, quoted } from './diagnostic.ts';
import type { Parameter, TextBlock } from './model.ts';
import type { DescribedBlock, ParameterYaml } from './parameter-yaml.ts';
import { isSameType } from './type-names.ts';

/** A parameter as PARAMETERS has it; its type and members of its blocks may be missing until SYNTAX is asked for them. */
export type DescribedParameter = Omit<Parameter, 'type' | 'blocks'> & { type?: string; blocks: DescribedBlock[] };

/**
 * One parameter from its yaml blocks: lists are joined, the first default is taken, a type must be one. A block that says
 * nothing new of its sets is left out.
 */
export function mergeParameter(
  name: string,
  line: number,
  description: TextBlock[],
  yamls: ParameterYaml[],
  findings: Findings,
): DescribedParameter | undefined {
  const [first, ...others] = yamls;
  if (first === undefined) return undefined;
  const types = yamls.flatMap(yaml => yaml.type ?? []);
  for (const other of others) {
    if (other.type !== undefined && types[0] !== undefined && !isSameType(other.type, types[0])) {
      findings.add(
        'parameter-type-conflict',
        other.line,
        `-${name} is ${quoted(other.type)} here and ${quoted(types[0])} in line ${first.line}`,
        'Give a parameter one type',
      );
    }
    for (const [what, a, b] of [
      ['aliases', first.aliases.join(', '), other.aliases.join(', ')],
      ['accepted values', first.acceptedValues.join(', '), other.acceptedValues.join(', ')],
      ['default value', first.defaultValue ?? 'None', other.defaultValue ?? 'None'],
      ['wildcard characters', String(first.supportsWildcards), String(other.supportsWildcards)],
      ['DontShow', String(first.dontShow), String(other.dontShow)],
      ['help message', first.helpMessage ?? '', other.helpMessage ?? ''],
    ] as const) {
      if (a.toLowerCase() === b.toLowerCase()) continue;
      findings.add(
        'parameter-blocks-differ',
        other.line,
        `-${name} has the ${what} ${quoted(b)} here and ${quoted(a)} in line ${first.line}: ${TAKEN[what] ?? 'both are taken'}`,
        'Write the same in each yaml block of a parameter',
        { parameters: [name], members: [MEMBERS[what]] },
      );
    }
  }
  const defaultValue = yamls.find(yaml => yaml.defaultValue !== undefined)?.defaultValue;
  const helpMessage = yamls.find(yaml => yaml.helpMessage !== undefined)?.helpMessage;
  return {
    name,
    ...(types[0] === undefined ? {} : { type: types[0] }),
    description,
    aliases: distinct(yamls.flatMap(yaml => yaml.aliases)),
    acceptedValues: distinct(yamls.flatMap(yaml => yaml.acceptedValues)),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    supportsWildcards: yamls.some(yaml => yaml.supportsWildcards),
    dontShow: yamls.some(yaml => yaml.dontShow),
    ...(helpMessage === undefined ? {} : { helpMessage }),
    blocks: yamls.flatMap(yaml => yaml.blocks),
    line,
  };
}

const TAKEN: Record<string, string> = {
  'default value': 'the first is taken',
  'help message': 'the first is taken',
  'wildcard characters': 'True is taken',
  DontShow: 'True is taken',
};

const MEMBERS = {
  aliases: 'aliases',
  'accepted values': 'acceptedValues',
  'default value': 'defaultValue',
  'wildcard characters': 'supportsWildcards',
  DontShow: 'dontShow',
  'help message': 'helpMessage',
} as const;

// PowerShell compares aliases and accepted values without case.
function distinct(values: string[]): string[] {
  if (values.length < 2) return values;
  const seen = new Map(values.toReversed().map(value => [value.toLowerCase(), value]));
  return [...new Set(values.map(value => seen.get(value.toLowerCase()) ?? value))];
}
