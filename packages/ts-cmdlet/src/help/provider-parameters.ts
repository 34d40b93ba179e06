import { declare, toShown } from './complete-syntax.ts';
import { type Findings, quoted } from './diagnostic.ts';
import type { Parameter, TextBlock } from './model.ts';
import { ALL_PARAMETER_SETS } from './parameter-set-names.ts';
import { findIn, type Syntax } from './syntax.ts';

/**
 * Makes the dynamic parameters of a provider ordinary ones, in all sets: a module made from help has no others. Help has
 * them in two ways: in items of SYNTAX for the drives of one provider, or in PARAMETERS alone, where the text says so.
 * One finding for a page.
 */
export function takeProviderParameters(parameters: Parameter[], syntax: Syntax, findings: Findings): void {
  const isShown = (name: string) => syntax.items.some(item => findIn(item, name) !== undefined);
  for (const [name, shown] of syntax.providerParameters) {
    if (isShown(name) || parameters.some(parameter => parameter.name.toLowerCase() === name)) continue;
    parameters.push(declare(shown, [{ ...EVERYWHERE, parameters: [shown] }], { ...syntax, items: [EVERYWHERE] }));
  }
  const ofProvider = parameters.filter(
    ({ name, description }) =>
      !isShown(name) && (syntax.providerParameters.has(name.toLowerCase()) || isSaidOfProvider(description)),
  );
  for (const parameter of ofProvider) {
    parameter.blocks = parameter.blocks.slice(0, 1).map(block => ({ ...block, parameterSets: [ALL_PARAMETER_SETS] }));
    for (const item of syntax.items) item.parameters.push(toShown(parameter, item, syntax));
  }
  const [first] = ofProvider;
  if (first !== undefined) {
    const names = ofProvider.map(({ name }) => name);
    findings.add(
      'parameter-of-provider',
      first.line,
      `-${names.join(', -')} ${names.length === 1 ? 'is a parameter' : 'are parameters'} of a provider's drives, and ${names.length === 1 ? 'is' : 'are'} taken as ordinary in all sets`,
      'Take what the module does not have away; a module made from help has no dynamic parameters',
      { parameters: names, members: ['parameters', 'parameterSets', 'isRequired', 'isPositional', 'type'] },
    );
    return;
  }
  const [item] = syntax.providerItems;
  if (item === undefined) return;
  findings.add(
    'syntax-provider-item',
    item.line,
    `${quoted(item.title)} shows a set as it is in the drives of a provider, and is left out`,
    'Take such items away, or name them as sets; a module made from help has no dynamic parameters',
  );
}

const EVERYWHERE = {
  parameterSetName: ALL_PARAMETER_SETS,
  isDefault: true,
  hasCommonParameters: true,
  parameters: [],
  line: 1,
};

function isSaidOfProvider(description: readonly TextBlock[]): boolean {
  return description.some(block => {
    if (block.kind === 'quote') return isSaidOfProvider(block.blocks);
    return block.kind === 'paragraph' && SAID_OF_PROVIDER.test(block.text);
  });
}

const SAID_OF_PROVIDER = /\bdynamic parameter\b|\b(?:only|available)\b[^.]*\bproviders?\b/i;
