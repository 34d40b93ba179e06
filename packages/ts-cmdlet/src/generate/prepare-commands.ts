import { commandAliases } from '../help/command-aliases.ts';
import { COMMON_PARAMETERS } from '../help/common-parameters.ts';
import type { CommandHelp, Parameter } from '../help/model.ts';
import { takenCommandAliases } from './command-alias-names.ts';
import { type GenerateCode, type GenerateDiagnostic, warning } from './generate-error.ts';
import { lostSets, withoutParameters } from './leave-out.ts';
import { collectEnums } from './module-enums.ts';
import type { ModuleSettings } from './module-settings.ts';
import { type DescribedTypes, describedTypes, isDescribed } from './object-types.ts';
import { isCommonParameter, isPagingParameter, supportsShouldProcess } from './parameter-sets.ts';
import { isAliasName, isCommandName, isHelpFileName, MAXIMUM_SETS, whyUnusable } from './powershell-names.ts';
import { resolveType } from './resolve-type.ts';
import { parseTypeName } from './type-name.ts';

/** A module's commands as they can be built. */
export interface PreparedCommands {
  /** What the functions and the types are made from. */
  readonly declared: CommandHelp[];
  /** What MAML is made from: the same commands and parameters, with their types as the help writes them. */
  readonly documented: CommandHelp[];
  readonly warnings: GenerateDiagnostic[];
}

type LeaveOut = NonNullable<ModuleSettings['leaveOut']>;

/**
 * Takes from the help what no module can have, so that the rest can be built: a parameter whose values cannot cross or whose
 * name PowerShell keeps for itself, with the sets in which it is mandatory; a command that has no set left; aliases and accepted
 * values that are none. Each is a warning, but for what `leaveOut` of the settings names. A class of a module that was compiled
 * becomes Object, since nothing but that module can make one.
 */
export function prepareCommands(helps: readonly CommandHelp[], leaveOut: LeaveOut = {}): PreparedCommands {
  const warnings: GenerateDiagnostic[] = [];
  const types = describedTypes(helps);
  const prepared = helps.flatMap(help => prepareCommand(help, leaveOut[help.name], types, warnings));
  const declared = withOneSpelling(
    withoutTakenAliases(
      prepared.map(each => each.declared),
      warnings,
    ),
    warnings,
  );
  return { declared, documented: prepared.map(each => each.documented), warnings };
}

function prepareCommand(
  help: CommandHelp,
  leaveOut: LeaveOut[string] | undefined,
  types: DescribedTypes,
  warnings: GenerateDiagnostic[],
): { declared: CommandHelp; documented: CommandHelp }[] {
  if (leaveOut === true) return [];
  const top = { file: help.file, line: 1 };
  const tell = (code: GenerateCode, line: number, message: string, expected: string) =>
    warnings.push(warning({ file: help.file, line }, code, message, expected));
  const isSilent = (name: string) => (leaveOut ?? []).some(each => each.toLowerCase() === name.toLowerCase());
  const reason = isCommandName(help.name)
    ? help.syntax.length > MAXIMUM_SETS
      ? `it has ${help.syntax.length} parameter sets, and PowerShell takes ${MAXIMUM_SETS}`
      : undefined
    : 'no function can have this name';
  if (reason !== undefined) {
    tell('command-left-out', top.line, `${help.name} is left out: ${reason}.`, leaveOutRule(help.name));
    return [];
  }
  const names = takenNames(help);
  const left = new Set<string>();
  const parameters: Parameter[] = [];
  const documented: Parameter[] = [];
  const ofParameters: GenerateDiagnostic[] = [];
  for (const parameter of help.parameters) {
    const { name, line } = parameter;
    if (isCommonParameter(help, parameter) || isPagingParameter(help, parameter)) {
      parameters.push(parameter);
      documented.push(parameter);
      continue;
    }
    const aliased = withoutTaken(help, parameter, names, warnings);
    const fitted = fitType(help, aliased, types, warnings);
    const type = resolveType(fitted);
    const why =
      whyUnusable(name) ??
      (names.get(name.toLowerCase()) === name
        ? undefined
        : `PowerShell or another parameter has the name -${name} already.`) ??
      ('unsupported' in type ? type.unsupported.message : undefined);
    if (why === undefined && !isSilent(name)) {
      parameters.push(fitted);
      documented.push(aliased);
      continue;
    }
    left.add(name.toLowerCase());
    parameters.push(parameter);
    documented.push(parameter);
    const sets = [...lostSets(help, new Set([name.toLowerCase()]))];
    if (isSilent(name) || why === undefined || sets.length === help.syntax.length) continue;
    const with_ = sets.length === 0 ? '' : `, and so are the sets in which it is mandatory (${sets.join(', ')})`;
    const message = `${why} -${name} is left out${with_}.`;
    ofParameters.push(
      warning({ file: help.file, line }, 'parameter-left-out', message, leaveOutRule(help.name, name, type)),
    );
  }
  const named = withFileName(help, warnings);
  const strip = (list: Parameter[]) => withoutParameters({ ...named, parameters: list }, left);
  const [one, two] = [strip(parameters), strip(documented)];
  if (one !== undefined && two !== undefined) {
    warnings.push(...ofParameters);
    return [{ declared: one, documented: two }];
  }
  const mandatory = help.parameters.find(
    ({ name }) => lostSets(help, new Set([name.toLowerCase()])).size > 0 && left.has(name.toLowerCase()),
  );
  if (mandatory !== undefined && !isSilent(mandatory.name)) {
    const type = resolveType(mandatory);
    const why = 'unsupported' in type ? type.unsupported.message : (whyUnusable(mandatory.name) ?? '');
    tell(
      'command-left-out',
      mandatory.line,
      `${why} As -${mandatory.name} is mandatory, ${help.name} is left out.`,
      leaveOutRule(help.name, undefined, type),
    );
  }
  return [];
}

function leaveOutRule(command: string, parameter?: string, type?: ReturnType<typeof resolveType>): string {
  const instead = type !== undefined && 'unsupported' in type ? `${type.unsupported.expected} ` : '';
  const value = parameter === undefined ? 'true' : `["${parameter}"]`;
  return `${instead}To leave it out without a warning, write "leaveOut": { "${command}": ${value} } in module.json.`;
}

/** The owner of each name: PowerShell's own parameters and the command's, before any alias. */
function takenNames(help: CommandHelp): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, alias] of COMMON_PARAMETERS) names.set(name.toLowerCase(), name).set(alias, name);
  if (supportsShouldProcess(help)) {
    names.set('whatif', 'WhatIf').set('wi', 'WhatIf').set('confirm', 'Confirm').set('cf', 'Confirm');
  }
  for (const { name } of help.parameters) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return names;
}

/** The parameter without aliases that PowerShell does not take. `names` gets the others. */
function withoutTaken(
  { file }: CommandHelp,
  parameter: Parameter,
  names: Map<string, string>,
  warnings: GenerateDiagnostic[],
): Parameter {
  const aliases = parameter.aliases.filter(alias => {
    const owner = names.get(alias.toLowerCase());
    if (isAliasName(alias) && owner === undefined) {
      names.set(alias.toLowerCase(), parameter.name);
      return true;
    }
    const why = owner === undefined ? 'which is no name' : `which is a name of -${owner}`;
    const at = { file, line: parameter.line };
    const message = `-${parameter.name} has the alias '${alias}', ${why}; it is left out.`;
    warnings.push(
      warning(
        at,
        owner === undefined ? 'alias-unusable' : 'name-repeated',
        message,
        'Expected each name and alias once.',
      ),
    );
    return false;
  });
  return { ...parameter, aliases };
}

/** The parameter with a type that can be built where accepted values do not fit, or its class is not the module's. */
function fitType(
  { file }: CommandHelp,
  parameter: Parameter,
  types: DescribedTypes,
  warnings: GenerateDiagnostic[],
): Parameter {
  const at = { file, line: parameter.line };
  const distinct = [
    ...new Map(parameter.acceptedValues.toReversed().map(value => [value.toLowerCase(), value])).values(),
  ];
  const once =
    distinct.length === parameter.acceptedValues.length
      ? parameter
      : { ...parameter, acceptedValues: distinct.reverse() };
  const type = resolveType(once);
  if ('unsupported' in type && type.unsupported.code === 'values-unusable') {
    const plain = resolveType({ ...once, acceptedValues: [] });
    const isKnown = !('unsupported' in plain) && plain.objectTypeName === undefined;
    const isArray = parseTypeName(parameter.type)?.kind === 'array';
    const taken = isKnown ? 'The values are ignored.' : `It takes texts, restricted to these values.`;
    const expected = isKnown
      ? `For bounds, write { "Range": [from, to] } in parameterValidation of module.json.`
      : 'Expected a String, or values that an enum can have.';
    warnings.push(warning(at, 'values-unusable', `${type.unsupported.message} ${taken}`, expected));
    return isKnown ? { ...once, acceptedValues: [] } : { ...once, type: isArray ? 'String[]' : 'String' };
  }
  if ('unsupported' in type || type.objectTypeName === undefined || isDescribed(type.objectTypeName, types))
    return once;
  const message =
    `-${parameter.name} is of the class ${type.objectTypeName}, which no INPUTS or OUTPUTS names: a text, a number or an ` +
    'object that is given for it arrives as it is.';
  const expected =
    'To be stricter, write `Type: String`, `Accepted values` where it is an enum, or the full name of the class in OUTPUTS of the command that writes such objects.';
  warnings.push(warning(at, 'type-not-described', message, expected));
  return { ...once, type: type.isArray ? 'Object[]' : 'Object' };
}

/** A name of the MAML file that is none gives way to the module's own. */
function withFileName(help: CommandHelp, warnings: GenerateDiagnostic[]): CommandHelp {
  const { externalHelpFile, ...rest } = help;
  if (externalHelpFile === undefined || isHelpFileName(externalHelpFile)) return help;
  const message = `The external help file is '${externalHelpFile}'; the module's own is taken.`;
  const expected = 'Expected a plain file name that ends in .xml.';
  warnings.push(warning({ file: help.file, line: 1 }, 'help-file-unusable', message, expected));
  return rest;
}

/** The commands without aliases that another command has, or that PowerShell lets no module have. */
function withoutTakenAliases(helps: CommandHelp[], warnings: GenerateDiagnostic[]): CommandHelp[] {
  const taken = takenCommandAliases(helps);
  warnings.push(
    ...taken.map(({ why, help }) =>
      warning({ file: help.file, line: 1 }, why.code, `${why.message} It is left out.`, why.expected),
    ),
  );
  return helps.map(help => {
    const left = taken.flatMap(each => (each.help === help ? [each.alias] : []));
    if (left.length === 0) return help;
    const names = commandAliases(help.aliases).names.filter(name => !left.includes(name));
    return { ...help, aliases: names.map(name => ({ kind: 'paragraph' as const, markdown: name, text: name })) };
  });
}

/** The commands with each enum and each of its values in one spelling: that of the longest list. */
function withOneSpelling(helps: CommandHelp[], warnings: GenerateDiagnostic[]): CommandHelp[] {
  const { enums, problems } = collectEnums(helps);
  if (problems.length === 0) return helps;
  warnings.push(
    ...problems.map(each => ({ ...each, severity: 'warning' as const, message: `${each.message} That is taken.` })),
  );
  const spell = (parameter: Parameter): Parameter => {
    const type = resolveType(parameter);
    if ('unsupported' in type || type.enumName === undefined) return parameter;
    const { enumName } = type;
    const known = enums.find(({ name }) => name.toLowerCase() === enumName.toLowerCase());
    if (known === undefined) return parameter;
    const at = parameter.type.lastIndexOf(enumName);
    return {
      ...parameter,
      type: parameter.type.slice(0, at) + known.name + parameter.type.slice(at + enumName.length),
      acceptedValues: parameter.acceptedValues.map(
        value => known.values.find(each => each.toLowerCase() === value.toLowerCase()) ?? value,
      ),
    };
  };
  return helps.map(help => ({ ...help, parameters: help.parameters.map(spell) }));
}
