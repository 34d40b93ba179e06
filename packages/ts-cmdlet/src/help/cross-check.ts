import { dropOwnName, leaveOutAliases } from './check-aliases.ts';
import { checkBinding } from './check-binding.ts';
import { isCommonParameterName } from './common-parameters.ts';
import {
  completeMembership,
  declareAll,
  declareShown,
  fillFromParameters,
  positionInSyntax,
} from './complete-syntax.ts';
import { type Findings, quoted } from './diagnostic.ts';
import { matchSets } from './match-sets.ts';
import type { DescribedParameter } from './merge-parameter.ts';
import { matchMisspelledNames } from './misspelled-names.ts';
import type { Parameter, ParameterSetBlock } from './model.ts';
import type { DescribedBlock } from './parameter-yaml.ts';
import type { Parameters } from './parameters.ts';
import { takeProviderParameters } from './provider-parameters.ts';
import { leaveRepeatedSets, partAllSets, resolveSets } from './resolve-sets.ts';
import { describedParameters, findIn, type Syntax } from './syntax.ts';
import { isOpenNullable, isSameType, isShownAs, isSwitchType, isTypeName } from './type-names.ts';

/**
 * Holds SYNTAX and PARAMETERS against each other, and completes each from the other: a parameter is in a set where either has
 * it there, names of sets that both have get SYNTAX's spelling, and a parameter, a type or accepted values that one side lacks
 * come from the other. Where they merely disagree, PARAMETERS is taken, but for a type that it has as String or as a switch.
 * Each guess is a finding. Without a section PARAMETERS all are taken from SYNTAX.
 */
export function crossCheck(
  syntax: Syntax,
  described: Parameters,
  hasParameters: boolean,
  findings: Findings,
): Parameter[] {
  leaveOutCommonParameters(syntax, described, findings);
  matchMisspelledNames(syntax, described, findings);
  const means = matchSets(syntax, described.parameters, findings);
  // Where there is one set, it is the one that is used: PlatyPS does not mark it.
  const [only, ...others] = syntax.items;
  if (only !== undefined && others.length === 0) only.isDefault = true;
  const sets = new Map(syntax.items.map(item => [item.parameterSetName.toLowerCase(), item]));
  const resolved = described.parameters.map(
    (parameter): DescribedParameter => ({
      ...parameter,
      blocks: parameter.blocks.map(block => ({
        ...block,
        parameterSets: resolveSets(parameter.name, block, sets, means, findings),
      })),
    }),
  );
  for (const parameter of resolved) partAllSets(parameter, syntax, findings);
  for (const parameter of resolved) leaveRepeatedSets(parameter, findings);
  const parameters = [
    ...resolved.map(parameter => complete(parameter, syntax, findings)),
    ...(hasParameters ? declareShown(syntax, described, findings) : declareAll(syntax, described, findings)),
  ];
  for (const parameter of parameters) dropOwnName(parameter, findings);
  leaveOutAliases(parameters, findings);
  takeProviderParameters(parameters, syntax, findings);
  for (const parameter of parameters) completeMembership(parameter, syntax, findings);
  fillFromParameters(parameters, syntax);
  checkBinding(parameters, syntax, findings);
  if (hasParameters) checkCommonParameters(syntax, described, findings);
  return parameters;
}

/** The parameter with what its yaml blocks lack taken from SYNTAX. */
function complete(parameter: DescribedParameter, syntax: Syntax, findings: Findings): Parameter {
  const { name, acceptedValues, blocks } = parameter;
  return {
    ...parameter,
    type: typeOf(parameter, syntax, findings),
    acceptedValues: acceptedValues.length > 0 ? acceptedValues : acceptedValuesFromSyntax(name, syntax),
    blocks: blocks.map(block => readBlock(name, block, syntax)),
  };
}

function readBlock(name: string, { unread = [], ...block }: DescribedBlock, syntax: Syntax): ParameterSetBlock {
  if (unread.length === 0) return block;
  const ofBlock = syntax.items.filter(({ parameterSetName }) => block.parameterSets.includes(parameterSetName));
  const item = [...ofBlock, ...syntax.items].find(each => findIn(each, name) !== undefined);
  const shown = findIn(item, name);
  return {
    ...block,
    ...(unread.includes('isRequired') ? { isRequired: shown?.isRequired ?? false } : {}),
    ...(unread.includes('position') && item && shown?.isPositional ? { position: positionInSyntax(item, name) } : {}),
  };
}

// PlatyPS 0.14 shows -ProgressAction where it runs in PowerShell 7.4 or later, and some help shows -Verbose.
function leaveOutCommonParameters(syntax: Syntax, described: Parameters, findings: Findings): void {
  const known = describedParameters(described);
  const told = new Set<string>();
  for (const item of syntax.items) {
    const shown = item.parameters.filter(({ name }) => isCommonParameterName(name) && !known.has(name.toLowerCase()));
    for (const { name, line } of shown.filter(parameter => !told.has(parameter.name.toLowerCase()))) {
      told.add(name.toLowerCase());
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
      { members: ['hasCommonParameters', 'commonParameters'] },
    );
    return;
  }
}

function typeOf(parameter: DescribedParameter, syntax: Syntax, findings: Findings): string {
  const { name, type, blocks, line } = parameter;
  if (type === undefined) return typeFromSyntax(parameter, syntax, findings);
  const at = blocks[0]?.line ?? line;
  const data = { parameters: [name], members: ['type'] };
  const shown = syntax.items.flatMap(item => findIn(item, name) ?? []).filter(one => !syntax.doubtful.has(one));
  const types = shown.flatMap(one => one.type ?? []);
  if (isOpenNullable(type)) {
    const of = types.find(each => !isOpenNullable(each));
    if (of === undefined) return type;
    findings.add(
      'parameter-yaml-doubtful',
      at,
      `The type of -${name} is ${quoted(type)}, which does not say of what; as SYNTAX has ${quoted(of)}, Nullable[${of}] is taken`,
      `Write \`Type: Nullable[${of}]\`, or what is right`,
      data,
    );
    return `Nullable[${of}]`;
  }
  // Get-Command -Syntax shows a type with [PSTypeName()] as `Type#PSTypeName`.
  const named = types.find(each => each.includes('#') && each.split('#', 1)[0]?.toLowerCase() === type.toLowerCase());
  if (named !== undefined) return named;
  const isSwitch = shown.length > 0 && shown.every(one => one.type === undefined && one.acceptedValues === undefined);
  const isMisspelled = isSwitch && /^switch/i.test(type) && !isSwitchType(type);
  if (isTypeName(type) && !isMisspelled) return moreExact(parameter, type, syntax, findings);
  const inBrackets = /^<([^<>]+)>$/.exec(type)?.[1];
  const taken = isSwitch ? 'SwitchParameter' : (types.find(isTypeName) ?? inBrackets);
  if (taken === undefined) return type;
  findings.add(
    'parameter-yaml-doubtful',
    at,
    `The type of -${name} is ${quoted(type)}, which is no type's name; ${isSwitch ? 'as SYNTAX shows a switch' : types.some(isTypeName) ? 'from SYNTAX' : 'without the brackets'}, ${taken} is taken`,
    `Write \`Type: ${taken}\`, or what is right`,
    data,
  );
  return taken;
}

/**
 * The type that SYNTAX shows where PARAMETERS has what is left when a yaml block is copied, a String or a switch. Against the
 * cmdlets of PnP, SYNTAX was right there in 22 of 27 cases, and in 30 of 93 where PARAMETERS has another type.
 */
function moreExact({ name, line }: DescribedParameter, type: string, syntax: Syntax, findings: Findings): string {
  if (!isSwitchType(type) && !/^(?:System\.)?String$/i.test(type)) return type;
  const showing = syntax.items.filter(item => findIn(item, name) !== undefined);
  const shown = showing.map(item => findIn(item, name)?.type);
  const [taken] = shown;
  if (taken === undefined || !isTypeName(taken)) return type;
  if (!isSwitchType(type) && /^(?:System\.)?(?:String|Object)$/i.test(taken)) return type;
  if (isShownAs(type, taken) || !shown.every(each => each !== undefined && isSameType(each, taken))) return type;
  findings.add(
    'type-mismatch',
    findIn(showing[0], name)?.line ?? line,
    `-${name} is ${quoted(taken)} in SYNTAX and ${quoted(type)} in PARAMETERS; the type of SYNTAX is taken, as it is more exact`,
    'Make both say the same',
    { parameters: [name], sets: showing.map(item => item.parameterSetName), members: ['type'] },
  );
  return taken;
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
    { parameters: [parameter.name], members: ['type'] },
  );
  return type;
}

function acceptedValuesFromSyntax(name: string, syntax: Syntax): string[] {
  const shown = syntax.items.map(item => findIn(item, name)?.acceptedValues);
  return shown.find(values => values !== undefined) ?? [];
}
