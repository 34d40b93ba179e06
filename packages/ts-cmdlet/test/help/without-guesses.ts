import type { HelpDiagnostic } from '../../src/help/diagnostic.ts';
import type { CommandHelp } from '../../src/help/model.ts';
import { withoutPlace } from './comparable.ts';

/** A model without the members that the data of findings lists. What is guessed may stand in another place of its list. */
export function withoutGuesses(help: CommandHelp, diagnostics: readonly HelpDiagnostic[]): unknown {
  const guesses = diagnostics.flatMap(({ data }) => data ?? []);
  const ofCommand = new Set(guesses.flatMap(({ parameters, sets, members }) => (parameters || sets ? [] : members)));
  const guessedSets = new Set(
    guesses.flatMap(({ parameters, sets = [], members }) => (!parameters && members.includes('syntax') ? sets : [])),
  );
  const isGuessed = (parameter: string, set: string | undefined, member: string) =>
    guesses.some(
      ({ parameters, sets, members }) =>
        parameters?.some(name => name.toLowerCase() === parameter.toLowerCase()) === true &&
        (set === undefined || sets === undefined || sets.includes(set)) &&
        members.includes(member),
    );
  const isDefaultGuessed = guesses.some(({ members }) => members.includes('isDefault') || members.includes('syntax'));
  const syntax = help.syntax
    .filter(({ parameterSetName }) => !guessedSets.has(parameterSetName))
    .map(({ parameters, isDefault, hasCommonParameters, ...item }) => ({
      ...item,
      ...(isDefaultGuessed ? {} : { isDefault }),
      ...(ofCommand.has('hasCommonParameters') ? {} : { hasCommonParameters }),
      parameters: parameters
        .filter(({ name }) => !isGuessed(name, item.parameterSetName, 'parameterSets'))
        .filter(({ name }) => !isGuessed(name, undefined, 'parameters'))
        .map(shown => kept(shown, member => !isGuessed(shown.name, item.parameterSetName, member)))
        .sort(byText),
    }));
  const parameters = help.parameters
    .filter(({ name }) => !isGuessed(name, undefined, 'parameters'))
    .map(({ blocks, ...parameter }) => ({
      ...kept(parameter, member => !isGuessed(parameter.name, undefined, member)),
      blocks: isGuessed(parameter.name, undefined, 'parameterSets')
        ? []
        : blocks
            .map(block => ({ ...block, parameterSets: block.parameterSets.filter(set => !guessedSets.has(set)) }))
            .map(block => kept(block, member => !isGuessed(parameter.name, undefined, member))),
    }))
    .sort(byText);
  const model: Record<string, unknown> = { ...help, syntax, parameters };
  for (const member of ofCommand) delete model[member];
  return withoutPlace(model);
}

function kept(model: object, isKept: (member: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(model).filter(([member]) => member === 'name' || isKept(member)));
}

function byText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
