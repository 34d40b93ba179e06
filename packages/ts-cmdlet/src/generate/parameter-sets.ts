import { isCommonParameterName } from '../help/common-parameters.ts';
import type { CommandHelp, Parameter, ParameterSetBlock } from '../help/model.ts';
import { ALL_PARAMETER_SETS, UNNAMED_PARAMETER_SET } from '../help/parameter-set-names.ts';

// Questions to the model that several generators ask. PARAMETERS is the truth for what a parameter is in each set,
// SYNTAX for the sets themselves and for the order in which they show their parameters.

const shouldProcessNames = new Set(['whatif', 'confirm']);
const pagingNames = ['first', 'skip', 'includetotalcount'];

/** Whether the help has -WhatIf: PowerShell gives it, and -Confirm, to a command that supports ShouldProcess. */
export function supportsShouldProcess(help: CommandHelp): boolean {
  return help.parameters.some(({ name }) => name.toLowerCase() === 'whatif');
}

/** Whether the help has all three parameters that PowerShell gives to a command that supports paging. */
export function supportsPaging(help: CommandHelp): boolean {
  const names = new Set(help.parameters.map(({ name }) => name.toLowerCase()));
  return pagingNames.every(name => names.has(name));
}

/** Whether PowerShell itself adds the parameter because the command supports paging. */
export function isPagingParameter(help: CommandHelp, parameter: Parameter): boolean {
  return pagingNames.includes(parameter.name.toLowerCase()) && supportsPaging(help);
}

/** The parameters that the command gets from PowerShell's own machinery and that its handler never sees. */
export function isCommonParameter(help: CommandHelp, parameter: Parameter): boolean {
  const name = parameter.name.toLowerCase();
  return isCommonParameterName(name) || (shouldProcessNames.has(name) && supportsShouldProcess(help));
}

/** The parameters that the function declares itself, in the order in which it does. */
export function declaredParameters(help: CommandHelp): Parameter[] {
  return declarationOrder(help).filter(
    parameter => !isCommonParameter(help, parameter) && !isPagingParameter(help, parameter),
  );
}

/** Whether any parameter takes values from the pipeline, in any set. */
export function takesPipelineInput(help: CommandHelp): boolean {
  return declaredParameters(help).some(parameter =>
    [...blocksBySet(help, parameter).values()].some(
      block => block.valueFromPipeline || block.valueFromPipelineByPropertyName,
    ),
  );
}

/** The names of the command's parameter sets, in the help's order. */
export function parameterSetNames(help: CommandHelp): string[] {
  return help.syntax.map(item => item.parameterSetName);
}

/** Whether the command has one set without a name of its own. */
export function hasUnnamedSet(help: CommandHelp): boolean {
  return help.syntax.length === 1 && help.syntax[0]?.parameterSetName === UNNAMED_PARAMETER_SET;
}

/** What PARAMETERS says of a parameter in each set it belongs to, in the order of the help's sets. */
export function blocksBySet(help: CommandHelp, parameter: Parameter): Map<string, ParameterSetBlock> {
  const found = new Map<string, ParameterSetBlock>();
  for (const set of parameterSetNames(help)) {
    const named = parameter.blocks.find(block => block.parameterSets.includes(set));
    const block = named ?? parameter.blocks.find(({ parameterSets }) => parameterSets.includes(ALL_PARAMETER_SETS));
    if (block !== undefined) {
      found.set(set, block);
    }
  }
  return found;
}

/** Whether two blocks say the same of a parameter, their sets aside. */
export function sameBinding(left: ParameterSetBlock, right: ParameterSetBlock): boolean {
  return (
    left.isRequired === right.isRequired &&
    left.position === right.position &&
    left.valueFromPipeline === right.valueFromPipeline &&
    left.valueFromPipelineByPropertyName === right.valueFromPipelineByPropertyName &&
    left.valueFromRemainingArguments === right.valueFromRemainingArguments
  );
}

/**
 * The order in which to declare parameters: one that every set's SYNTAX agrees with where there is one, since
 * `Get-Command -Syntax` goes by it. Where SYNTAX leaves it open or contradicts itself, the order of PARAMETERS decides.
 */
export function declarationOrder(help: CommandHelp): readonly Parameter[] {
  const known = knownOrders.get(help) ?? findOrder(help);
  knownOrders.set(help, known);
  return known;
}

/** Nearly every generator asks for the order, and a help does not change. */
const knownOrders = new WeakMap<CommandHelp, readonly Parameter[]>();

function findOrder(help: CommandHelp): Parameter[] {
  const earlier = new Map<string, Set<string>>();
  for (const { parameters } of help.syntax) {
    let previous: string | undefined;
    for (const { name } of parameters) {
      const key = name.toLowerCase();
      if (previous !== undefined) earlier.set(key, (earlier.get(key) ?? new Set()).add(previous));
      previous = key;
    }
  }
  const waiting = help.parameters.map(parameter => ({ parameter, key: parameter.name.toLowerCase() }));
  const ordered: Parameter[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ key }) => !waiting.some(other => earlier.get(key)?.has(other.key)));
    ordered.push(...waiting.splice(Math.max(free, 0), 1).map(({ parameter }) => parameter));
  }
  return ordered;
}
