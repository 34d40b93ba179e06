import type { CommandHelp, Parameter } from '../help/model.ts';
import { ALL_PARAMETER_SETS } from '../help/parameter-set-names.ts';
import { blocksBySet } from './parameter-sets.ts';

/**
 * A command's help without parameters, and without the sets in which one of them is mandatory: no call of those could be
 * made. Undefined where no set is left.
 */
export function withoutParameters(help: CommandHelp, left: ReadonlySet<string>): CommandHelp | undefined {
  if (left.size === 0) return help;
  const isLeft = ({ name }: { name: string }) => left.has(name.toLowerCase());
  const lost = lostSets(help, left);
  const syntax = help.syntax
    .filter(item => !lost.has(item.parameterSetName))
    .map(item => ({ ...item, parameters: item.parameters.filter(parameter => !isLeft(parameter)) }));
  if (syntax.length === 0) return undefined;
  const parameters = help.parameters
    .filter(parameter => !isLeft(parameter))
    .flatMap(parameter => inSets(parameter, lost));
  return { ...help, syntax, parameters };
}

/** The sets that a command loses with parameters. */
export function lostSets(help: CommandHelp, left: ReadonlySet<string>): Set<string> {
  const gone = help.parameters.filter(({ name }) => left.has(name.toLowerCase()));
  return new Set(
    gone.flatMap(parameter =>
      [...blocksBySet(help, parameter)].flatMap(([set, block]) => (block.isRequired ? [set] : [])),
    ),
  );
}

function inSets(parameter: Parameter, lost: ReadonlySet<string>): Parameter[] {
  const blocks = parameter.blocks.flatMap(block => {
    const parameterSets = block.parameterSets.filter(set => set === ALL_PARAMETER_SETS || !lost.has(set));
    return parameterSets.length === 0 ? [] : [{ ...block, parameterSets }];
  });
  return blocks.length === 0 ? [] : [{ ...parameter, blocks }];
}
