import { checkAliases, dropOwnName } from './check-aliases.ts';
import { isCommonParameterName } from './common-parameters.ts';
import { type Findings, quoted } from './diagnostic.ts';
import type { DescribedParameter } from './merge-parameter.ts';
import { type Parameter, type SyntaxItem, type SyntaxParameter, UNNAMED_PARAMETER_SET } from './model.ts';
import type { Parameters } from './parameters.ts';
import { blockForSet, checkSetsOfParameter, partAllSets, resolveSets } from './resolve-sets.ts';
import { findIn, type Syntax } from './syntax.ts';
import { isOpenNullable, isShownAs, isSwitchType } from './type-names.ts';

/**
 * Holds SYNTAX and PARAMETERS against each other, and completes each from the other: set names get SYNTAX's spelling,
 * and a type or accepted values that one side lacks come from the other. Where they merely disagree on how a parameter is bound,
 * PARAMETERS is the detailed side and wins.
 */
export function crossCheck(syntax: Syntax, described: Parameters, findings: Findings): Parameter[] {
  const sets = new Map(syntax.items.map(item => [item.parameterSetName.toLowerCase(), item]));
  leaveOutCommonParameters(syntax, described, findings);
  const parameters = leaveOutProviders(described.parameters, syntax, findings).map(parameter => ({
    ...parameter,
    type: typeOf(parameter, syntax, findings),
    acceptedValues:
      parameter.acceptedValues.length > 0 ? parameter.acceptedValues : acceptedValuesFromSyntax(parameter.name, syntax),
    blocks: parameter.blocks.map(block => ({
      ...block,
      parameterSets: resolveSets(parameter.name, block, sets, syntax, findings),
    })),
  }));
  for (const parameter of parameters) dropOwnName(parameter, findings);
  for (const parameter of parameters) partAllSets(parameter, syntax, findings);
  for (const parameter of parameters) checkSetsOfParameter(parameter, findings);
  checkAliases(parameters, findings);
  checkDescribed(described, syntax, findings);
  for (const parameter of parameters) checkMembership(parameter, syntax, findings);
  for (const item of syntax.items) checkItem(item, parameters, findings);
  checkCommonParameters(syntax, described, findings);
  return parameters;
}

// PlatyPS 0.14 shows -ProgressAction where it runs in PowerShell 7.4 or later, and some help shows -Verbose.
function leaveOutCommonParameters(syntax: Syntax, described: Parameters, findings: Findings): void {
  const known = describedNames(described);
  for (const item of syntax.items) {
    const shown = item.parameters.filter(({ name }) => isCommonParameterName(name) && !known.has(name.toLowerCase()));
    for (const { name, line } of shown) {
      findings.add(
        'syntax-common-parameter',
        line,
        `SYNTAX has -${name}, which PARAMETERS does not describe; as every cmdlet has it, it is left out`,
        'Write [<CommonParameters>] for it',
      );
    }
    item.parameters = item.parameters.filter(parameter => !shown.includes(parameter));
  }
}

/** What only a provider's items show: PowerShell adds it at run time in the drives of the provider alone. */
function leaveOutProviders(parameters: DescribedParameter[], syntax: Syntax, findings: Findings): DescribedParameter[] {
  return parameters.filter(({ name, line }) => {
    const isOfProvider =
      syntax.providerParameters.has(name.toLowerCase()) && syntax.items.every(item => findIn(item, name) === undefined);
    if (isOfProvider) {
      findings.add(
        'parameter-of-provider',
        line,
        `-${name} is in SYNTAX for the drives of a provider alone, and is left out`,
        'Take it away, or add it to the syntax of its sets; a module made from help has no dynamic parameters',
      );
    }
    return !isOfProvider;
  });
}

function describedNames({ parameters, unreadable }: Parameters): Set<string> {
  return new Set([...parameters.map(({ name }) => name.toLowerCase()), ...unreadable]);
}

// Whether a parameter is there at all: neither side can be preferred.
function checkDescribed(described: Parameters, syntax: Syntax, findings: Findings): void {
  const known = describedNames(described);
  for (const item of syntax.items) {
    for (const { name, line } of item.parameters) {
      if (known.has(name.toLowerCase())) continue;
      known.add(name.toLowerCase());
      findings.add(
        'parameter-not-described',
        line,
        `SYNTAX has -${name}, which PARAMETERS does not describe`,
        `Add \`### -${name}\` to PARAMETERS, or take it out of SYNTAX`,
      );
    }
  }
}

function checkMembership(parameter: Parameter, syntax: Syntax, findings: Findings): void {
  if (!syntax.isComplete) return;
  const { name, line } = parameter;
  const showing = syntax.items.filter(item => findIn(item, name) !== undefined);
  if (showing.length === 0) {
    findings.add(
      'parameter-not-in-syntax',
      line,
      `PARAMETERS describes -${name}, which SYNTAX does not have`,
      `Add -${name} to the syntax of its sets, or take it out of PARAMETERS`,
    );
    return;
  }
  const lacking = syntax.items.filter(item => !showing.includes(item) && blockForSet(parameter, item.parameterSetName));
  const surplus = showing.filter(item => !blockForSet(parameter, item.parameterSetName));
  if (lacking.length > 0) {
    findings.add(
      'parameter-set-membership',
      line,
      `PARAMETERS has -${name} in ${setNames(lacking)}, SYNTAX has not`,
      'Make both say the same',
    );
  }
  if (surplus.length > 0) {
    const at = findIn(surplus[0], name)?.line ?? line;
    findings.add(
      'parameter-set-membership',
      at,
      `SYNTAX has -${name} in ${setNames(surplus)}, PARAMETERS has not`,
      'Make both say the same',
    );
  }
}

function checkItem(item: SyntaxItem, parameters: Parameter[], findings: Findings): void {
  const byName = new Map(parameters.map(parameter => [parameter.name.toLowerCase(), parameter]));
  const positions = new Map<number, string>();
  const set = item.parameterSetName === UNNAMED_PARAMETER_SET ? 'SYNTAX' : `SYNTAX of ${quoted(item.parameterSetName)}`;
  for (const shown of item.parameters) {
    const parameter = byName.get(shown.name.toLowerCase());
    const block = parameter && blockForSet(parameter, item.parameterSetName);
    if (parameter === undefined || block === undefined) continue;
    checkType(shown, parameter, set, findings);
    checkAcceptedValues(shown, parameter, set, findings);
    if (shown.isRequired !== undefined && shown.isRequired !== block.isRequired) {
      const say = (isRequired: boolean) => (isRequired ? 'required' : 'optional');
      findings.add(
        'required-mismatch',
        shown.line,
        `-${shown.name} is ${say(shown.isRequired)} in ${set} and ${say(block.isRequired)} in PARAMETERS (line ${block.line}), which is taken`,
        'Make both say the same',
      );
    }
    const isSwitch = shown.type === undefined && shown.acceptedValues === undefined;
    if (!isSwitch && shown.isPositional !== (block.position !== 'named')) {
      findings.add(
        'position-mismatch',
        shown.line,
        `-${shown.name} is ${shown.isPositional ? 'positional' : 'named'} in ${set} and at position ${block.position} in PARAMETERS (line ${block.line}), which is taken`,
        'Make both say the same',
      );
    }
    if (shown.type === undefined && shown.acceptedValues !== undefined) shown.type = parameter.type;
  }
  for (const parameter of parameters) {
    const position = blockForSet(parameter, item.parameterSetName)?.position;
    if (position === undefined || position === 'named') continue;
    const other = positions.get(position);
    if (other !== undefined) {
      findings.add(
        'position-duplicate',
        parameter.line,
        `-${parameter.name} and -${other} are both at position ${position} in ${set}`,
        'Give each its own position',
      );
    }
    positions.set(position, parameter.name);
  }
}

function checkType(shown: SyntaxParameter, parameter: Parameter, set: string, findings: Findings): void {
  if (shown.acceptedValues !== undefined && !isSwitchType(parameter.type)) return;
  const type = shown.type ?? 'SwitchParameter';
  if (isShownAs(parameter.type, type)) return;
  findings.add(
    'type-mismatch',
    shown.line,
    `-${shown.name} is ${quoted(type)} in ${set} and ${quoted(parameter.type)} in PARAMETERS (line ${parameter.line}), which is taken`,
    'Make both say the same',
  );
}

function checkAcceptedValues(shown: SyntaxParameter, parameter: Parameter, set: string, findings: Findings): void {
  const comparableValues = (values: readonly string[]) => [...new Set(values.map(value => value.toLowerCase()))].sort();
  if (shown.acceptedValues === undefined) return;
  if (comparableValues(shown.acceptedValues).join('\n') === comparableValues(parameter.acceptedValues).join('\n'))
    return;
  findings.add(
    'accepted-values-mismatch',
    shown.line,
    `-${shown.name} accepts ${quoted(shown.acceptedValues.join(', '))} in ${set} and ${quoted(parameter.acceptedValues.join(', '))} in PARAMETERS (line ${parameter.line}), which is taken`,
    'Make both say the same',
  );
}

function checkCommonParameters(syntax: Syntax, described: Parameters, findings: Findings): void {
  for (const item of syntax.items) {
    if (item.hasCommonParameters === described.hasCommonParameters) continue;
    findings.add(
      'common-parameters-mismatch',
      item.line,
      described.hasCommonParameters
        ? 'PARAMETERS has the common parameters, this syntax has not'
        : 'This syntax has the common parameters, PARAMETERS has not',
      'End each syntax with [<CommonParameters>], and PARAMETERS with `### CommonParameters`',
    );
    return;
  }
}

function typeOf(parameter: DescribedParameter, syntax: Syntax, findings: Findings): string {
  const { name, type, blocks, line } = parameter;
  if (type === undefined) return typeFromSyntax(parameter, syntax, findings);
  const of = isOpenNullable(type) ? syntax.items.map(item => findIn(item, name)?.type).find(isClosed) : undefined;
  if (of === undefined) return type;
  findings.add(
    'parameter-yaml-doubtful',
    blocks[0]?.line ?? line,
    `The type of -${name} is ${quoted(type)}, which does not say of what; as SYNTAX has ${quoted(of)}, Nullable[${of}] is taken`,
    `Write \`Type: Nullable[${of}]\`, or what is right`,
  );
  return `Nullable[${of}]`;
}

function isClosed(type: string | undefined): boolean {
  return type !== undefined && !isOpenNullable(type);
}

function typeFromSyntax(parameter: DescribedParameter, syntax: Syntax, findings: Findings): string {
  const shown = syntax.items.flatMap(item => findIn(item, parameter.name) ?? [])[0];
  const isSwitch = shown !== undefined && shown.type === undefined && shown.acceptedValues === undefined;
  const type = isSwitch ? 'SwitchParameter' : (shown?.type ?? 'Object');
  findings.add(
    'parameter-type-missing',
    parameter.blocks[0]?.line ?? parameter.line,
    `The yaml block of -${parameter.name} has no Type; ${type} is taken`,
    `Write \`Type: ${type}\`, or what is right`,
  );
  return type;
}

function acceptedValuesFromSyntax(name: string, syntax: Syntax): string[] {
  const shown = syntax.items.map(item => findIn(item, name)?.acceptedValues);
  return shown.find(values => values !== undefined) ?? [];
}

function setNames(items: SyntaxItem[]): string {
  const names = items.map(item =>
    item.parameterSetName === UNNAMED_PARAMETER_SET ? 'the one set' : quoted(item.parameterSetName),
  );
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more sets` : names.join(', ');
}
