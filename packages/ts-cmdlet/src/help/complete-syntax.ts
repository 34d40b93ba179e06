import { isCommonParameterName } from './common-parameters.ts';
import { type Findings, quoted } from './diagnostic.ts';
import type { Parameter, ParameterSetBlock, SyntaxItem, SyntaxParameter } from './model.ts';
import { ALL_PARAMETER_SETS, UNNAMED_PARAMETER_SET } from './parameter-set-names.ts';
import type { Parameters } from './parameters.ts';
import { blockForSet, sameMembers } from './resolve-sets.ts';
import { describedParameters, findIn, type Syntax } from './syntax.ts';
import { isSwitchType } from './type-names.ts';

/** What a set's syntax and a yaml block say of a parameter. */
const BINDING_MEMBERS = ['parameterSets', 'type', 'acceptedValues', 'isRequired', 'isPositional', 'position'];

/** Declares the parameters of SYNTAX that PARAMETERS lacks: SYNTAX has the name, the type, and whether it is required. */
export function declareShown(syntax: Syntax, described: Parameters, findings: Findings): Parameter[] {
  const withoutYaml = new Map(described.withoutYaml.map(each => [each.name.toLowerCase(), each]));
  const declared = shownBeside(syntax, described).map(({ shown, parameter }) => {
    const { name } = parameter;
    const text = withoutYaml.get(name.toLowerCase());
    withoutYaml.delete(name.toLowerCase());
    if (text === undefined) {
      findings.add(
        'parameter-not-described',
        shown.line,
        `SYNTAX has -${name}, which PARAMETERS does not describe; as SYNTAX has it, it is ${parameter.type} and has no description`,
        `Add \`### -${name}\` to PARAMETERS, or take it out of SYNTAX`,
        { parameters: [name], members: ['parameters'] },
      );
      return parameter;
    }
    findings.add(
      'parameter-yaml-assumed',
      text.line,
      `-${name} has no yaml block; as SYNTAX has it, it is ${parameter.type}`,
      YAML_RULE,
      { parameters: [name], members: ['parameters'] },
    );
    return { ...parameter, description: text.description, line: text.line };
  });
  for (const { name, line } of withoutYaml.values()) {
    findings.add('parameter-yaml-missing', line, `-${name} has no yaml block, and SYNTAX does not show it`, YAML_RULE);
  }
  return declared;
}

const YAML_RULE =
  'Write a fenced code block with the language yaml, which gives Type, Parameter Sets, Required, Position and the rest';

/** Declares all parameters from SYNTAX, for a page that has no PARAMETERS. */
export function declareAll(syntax: Syntax, described: Parameters, findings: Findings): Parameter[] {
  const declared = shownBeside(syntax, described).map(({ parameter }) => parameter);
  const [first] = declared;
  if (first === undefined) return declared;
  findings.add(
    'parameters-missing',
    first.line,
    `The page has no PARAMETERS; as SYNTAX has them, the parameters are ${declared.map(({ name, type }) => `-${name} (${type})`).join(', ')}`,
    'Write `## PARAMETERS` with `### -Name`, a description and a yaml block for each',
    { parameters: declared.map(({ name }) => name), members: ['parameters'] },
  );
  return declared;
}

/** The parameters that SYNTAX shows and PARAMETERS has no yaml block of, as SYNTAX first shows them. */
function shownBeside(syntax: Syntax, described: Parameters): { shown: SyntaxParameter; parameter: Parameter }[] {
  const known = describedParameters(described);
  return syntax.items.flatMap((item, index) =>
    item.parameters.flatMap(shown => {
      if (known.has(shown.name.toLowerCase())) return [];
      known.add(shown.name.toLowerCase());
      return [{ shown, parameter: declare(shown, syntax.items.slice(index), syntax) }];
    }),
  );
}

/** A parameter as SYNTAX shows it, in the items that do. */
export function declare(first: SyntaxParameter, items: readonly SyntaxItem[], syntax: Syntax): Parameter {
  const canJoin = syntax.schemaVersion === '2.0.0';
  const { name, line } = first;
  const showing = items.flatMap(item => {
    const shown = findIn(item, name);
    return shown === undefined ? [] : [{ item, shown }];
  });
  const types = showing.flatMap(({ shown }) => shown.type ?? []);
  const acceptedValues = showing.find(({ shown }) => shown.acceptedValues !== undefined)?.shown.acceptedValues ?? [];
  const blocks: ParameterSetBlock[] = [];
  for (const { item, shown } of showing) {
    const block = {
      ...{ parameterSets: [declaredSet(item)], isRequired: shown.isRequired ?? false },
      position: shown.isPositional ? positionInSyntax(item, name) : ('named' as const),
      ...NO_INPUT,
      line: shown.line,
    };
    const same = canJoin ? blocks.find(other => sameMembers(other, block)) : undefined;
    if (same === undefined) blocks.push(block);
    else same.parameterSets.push(declaredSet(item));
  }
  const [block] = blocks;
  const isOneBinding = block !== undefined && blocks.every(other => sameMembers(other, block));
  const isEverywhere = isOneBinding && showing.length === syntax.items.length;
  return {
    name,
    type: types[0] ?? (acceptedValues.length > 0 ? 'String' : 'SwitchParameter'),
    description: [],
    aliases: [],
    acceptedValues: [...acceptedValues],
    supportsWildcards: false,
    dontShow: false,
    blocks: isEverywhere ? [{ ...block, parameterSets: [ALL_PARAMETER_SETS] }] : blocks,
    line,
  };
}

/** PowerShell knows no set without a name beside others: what is in it is in all of them. */
function declaredSet({ parameterSetName }: SyntaxItem): string {
  return parameterSetName === UNNAMED_PARAMETER_SET ? ALL_PARAMETER_SETS : parameterSetName;
}

const NO_INPUT = {
  valueFromPipeline: false,
  valueFromPipelineByPropertyName: false,
  valueFromRemainingArguments: false,
};

/** The position of a positional parameter, counted in the order in which a syntax shows them. */
export function positionInSyntax(item: SyntaxItem, name: string): number {
  const positional = item.parameters.filter(({ isPositional }) => isPositional);
  return Math.max(
    positional.findIndex(parameter => parameter.name.toLowerCase() === name.toLowerCase()),
    0,
  );
}

/** Puts a parameter into each set that SYNTAX or PARAMETERS has it in. */
export function completeMembership(parameter: Parameter, syntax: Syntax, findings: Findings): void {
  const { name, line } = parameter;
  const showing = syntax.items.filter(item => findIn(item, name) !== undefined);
  if (showing.length === 0 && isCommonParameterName(name)) return;
  const lacking = syntax.items.filter(
    item => !showing.includes(item) && blockForSet(parameter, item.parameterSetName) !== undefined,
  );
  const told = lacking.filter(item => !syntax.incomplete.has(item));
  const sets = told.map(item => item.parameterSetName);
  if (told.length > 0 && showing.length === 0) {
    findings.add(
      'parameter-not-in-syntax',
      line,
      `PARAMETERS describes -${name}, which SYNTAX does not have; as PARAMETERS has it, it is taken`,
      `Add -${name} to the syntax of its sets, or take it out of PARAMETERS`,
      { parameters: [name], members: ['parameters', ...BINDING_MEMBERS] },
    );
  } else if (told.length > 0) {
    findings.add(
      'parameter-set-membership',
      line,
      `PARAMETERS has -${name} in ${setNames(told)}, SYNTAX has not; it is taken there`,
      'Make both say the same',
      { parameters: [name], sets, members: BINDING_MEMBERS },
    );
  }
  for (const item of lacking) item.parameters.push(toShown(parameter, item, syntax));
  takeSurplus(
    parameter,
    showing.filter(item => !blockForSet(parameter, item.parameterSetName)),
    syntax,
    findings,
  );
}

function takeSurplus(parameter: Parameter, surplus: SyntaxItem[], syntax: Syntax, findings: Findings): void {
  if (surplus.length === 0) return;
  const { name, blocks } = parameter;
  const [first] = blocks;
  // Schema 2024-05-01 has an entry for each set.
  const canJoin = syntax.schemaVersion === '2.0.0';
  // PowerShell knows no set of this name beside others: what is in it is in all of them.
  const isPseudo = (item: SyntaxItem) =>
    item.parameterSetName === UNNAMED_PARAMETER_SET && syntax.items.length > 1 && blocks.length > 0;
  const line = findIn(surplus[0], name)?.line ?? parameter.line;
  for (const item of surplus) {
    const shown = findIn(item, name);
    if (shown === undefined || first === undefined) continue;
    if (isPseudo(item)) {
      item.parameters = item.parameters.filter(other => other !== shown);
      continue;
    }
    const positions = blocks.flatMap(({ position }) => (position === 'named' ? [] : [position]));
    const isDoubtful = syntax.doubtful.has(shown);
    const block: ParameterSetBlock = {
      ...first,
      parameterSets: [item.parameterSetName],
      isRequired: isDoubtful ? first.isRequired : (shown.isRequired ?? first.isRequired),
      position: isDoubtful
        ? first.position
        : shown.isPositional
          ? (positions[0] ?? positionInSyntax(item, name))
          : shown.type === undefined
            ? first.position
            : 'named',
    };
    const same = canJoin ? blocks.find(other => sameMembers(other, block)) : undefined;
    if (same === undefined) blocks.push(block);
    else same.parameterSets.push(item.parameterSetName);
  }
  findings.add(
    'parameter-set-membership',
    line,
    `SYNTAX has -${name} in ${setNames(surplus)}, PARAMETERS has not; ${surplus.every(isPseudo) ? 'as this is no set of its own, PARAMETERS is taken' : 'it is taken there'}`,
    'Make both say the same',
    { parameters: [name], sets: surplus.map(item => item.parameterSetName), members: BINDING_MEMBERS },
  );
}

/** Where the brackets of a parameter could not be read, SYNTAX is as PARAMETERS describes it. */
export function fillFromParameters(parameters: readonly Parameter[], syntax: Syntax): void {
  const byName = new Map(parameters.map(parameter => [parameter.name.toLowerCase(), parameter]));
  for (const item of syntax.items) {
    item.parameters = item.parameters.map(shown => {
      const parameter = byName.get(shown.name.toLowerCase());
      if (parameter === undefined) return shown;
      if (syntax.doubtful.has(shown)) return { ...toShown(parameter, item, syntax), line: shown.line };
      const hasNoType = shown.type === undefined && shown.acceptedValues !== undefined;
      return hasNoType && !isSwitchType(parameter.type) ? { ...shown, type: syntaxType(parameter.type) } : shown;
    });
  }
}

/** A parameter as the syntax of a set would show it. */
export function toShown(parameter: Parameter, item: SyntaxItem, { schemaVersion }: Syntax): SyntaxParameter {
  const { name, type, line } = parameter;
  const block = blockForSet(parameter, item.parameterSetName);
  const isRequired = block?.isRequired ?? false;
  if (isSwitchType(type)) {
    const tells = isRequired || schemaVersion !== '2.0.0';
    return { name, ...(tells ? { isRequired } : {}), isPositional: false, line };
  }
  const isPositional = block !== undefined && block.position !== 'named';
  return { name, type: syntaxType(type), isRequired, isPositional, line };
}

function syntaxType(type: string): string {
  const text = type
    .replace(/</g, '[')
    .replace(/>/g, ']')
    .replace(/[{}|\s]+/g, ' ')
    .trim();
  return text === '' || /^(?:workflow)?commonparameters$/i.test(text) || /(?:^|[\s[])[-–—―]/.test(text)
    ? 'Object'
    : text;
}

/** Set names for a message, the first of many. */
export function setNames(items: readonly SyntaxItem[]): string {
  const names = items.map(item =>
    item.parameterSetName === UNNAMED_PARAMETER_SET ? 'the set without a name' : quoted(item.parameterSetName),
  );
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more sets` : names.join(', ');
}
