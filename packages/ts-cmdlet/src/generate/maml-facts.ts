import type { CommandHelp, Parameter, ParameterSetBlock } from '../help/model.ts';
import { blocksBySet } from './parameter-sets.ts';

/**
 * What Get-Help has no field for, as paragraphs that follow a parameter's description: its parameter sets, what
 * differs between them, and the accepted values.
 */
export function parameterFacts(help: CommandHelp, parameter: Parameter): string[] {
  const blocks = [...blocksBySet(help, parameter)];
  const required = bySaying(blocks, block => (block.isRequired ? 'Required' : 'Optional'));
  const position = bySaying(blocks, block => (block.position === 'named' ? 'Named' : `Position ${block.position}`));
  const pipeline = bySaying(blocks, pipelineSaying);
  const remaining = bySaying(blocks, remainingSaying);
  const facts = [required, position, pipeline, remaining].filter(sayings => sayings.size > 1).map(tell);
  // A sentence on what differs names every set of the parameter already.
  if (facts.length === 0 && blocks.length < help.syntax.length) {
    facts.push(
      `Parameter ${setList(
        blocks.map(([set]) => set),
        's',
        ': ',
      )}.`,
    );
  }
  if (parameter.acceptedValues.length > 0) {
    facts.push(`Accepted values: ${parameter.acceptedValues.join(', ')}.`);
  }
  return facts;
}

type Sayings = Map<string, string[]>;

function bySaying(blocks: readonly [string, ParameterSetBlock][], say: (block: ParameterSetBlock) => string): Sayings {
  const sayings: Sayings = new Map();
  for (const [set, block] of blocks) {
    const saying = say(block);
    const sets = sayings.get(saying);
    if (sets === undefined) sayings.set(saying, [set]);
    else sets.push(set);
  }
  return sayings;
}

function pipelineSaying(block: ParameterSetBlock): string {
  const ways = [
    ...(block.valueFromPipeline ? ['by value'] : []),
    ...(block.valueFromPipelineByPropertyName ? ['by property name'] : []),
  ];
  return ways.length > 0 ? `From the pipeline ${ways.join(' and ')}` : 'Not from the pipeline';
}

function remainingSaying(block: ParameterSetBlock): string {
  return `${block.valueFromRemainingArguments ? 'Takes' : 'Does not take'} the remaining arguments`;
}

/** `Required in parameter set A; optional in B and C.` Sets go by the help's order, so the first saying does too. */
function tell(sayings: Sayings): string {
  const parts = [...sayings].sort(([left], [right]) => Number(right === 'Required') - Number(left === 'Required'));
  const [[first, sets] = ['', []], ...others] = parts;
  const rest = others.map(([saying, names]) => `${saying.charAt(0).toLowerCase()}${saying.slice(1)} in ${join(names)}`);
  return `${[`${first} in parameter ${setList(sets, 's', ' ')}`, ...rest].join('; ')}.`;
}

function setList(sets: readonly string[], plural: string, separator: string): string {
  return `set${sets.length > 1 ? plural : ''}${separator}${separator === ' ' ? join(sets) : sets.join(', ')}`;
}

function join(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}
