import { type CommandHelp, type Parameter, type ParameterSetBlock, UNNAMED_PARAMETER_SET } from '../help/model.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import { collectEnums } from './module-enums.ts';
import type { ModuleSettings } from './module-settings.ts';
import {
  blocksBySet,
  declarationOrder,
  hasUnnamedSet,
  isCommonParameter,
  isPagingParameter,
  parameterSetNames,
  sameBinding,
  supportsPaging,
  supportsShouldProcess,
} from './parameter-sets.ts';
import { quoteLiteral } from './powershell-text.ts';
import { resolveType } from './type-table.ts';

/** The hand-written PowerShell file that every generated module loads: it defines `Invoke-CoreCmdlet`. */
export const MODULE_HOST_FILE = 'ModuleHost.ps1';

/** The PowerShell files that a module's script loads: the host's, and the module's own where it has any. */
export function handWrittenScripts({ hostFunctions: own }: ModuleSettings): string[] {
  return own === undefined ? [MODULE_HOST_FILE] : [MODULE_HOST_FILE, own.file];
}

/** The MAML file of a command whose help names none: the one that PowerShell looks for by itself. */
export function externalHelpFile(help: CommandHelp): string {
  return help.externalHelpFile ?? `${help.moduleName}-Help.xml`;
}

/**
 * Writes the module's `.psm1`: for each cmdlet a function with its parameters and one call. The helps must have passed
 * `checkCommands`.
 */
export function moduleScript(helps: readonly CommandHelp[], settings: ModuleSettings): string {
  const enums = collectEnums(helps).enums.map(
    ({ name, values }) => `enum ${name} {\n${indent(values).join('\n')}\n}\n`,
  );
  const loadHost = `${[...handWrittenScripts(settings).map(dotSource), ...callableFunctions(settings)].join('\n')}\n`;
  const functions = helps.map(help => commandFunction(help, settings));
  return [`# ${GENERATED_NOTE}\n`, ...enums, loadHost, ...functions].join('\n');
}

function dotSource(file: string): string {
  return `. ([System.IO.Path]::Combine($PSScriptRoot, ${quoteLiteral(file)}))`;
}

function callableFunctions({ hostFunctions: own }: ModuleSettings): string[] {
  return own === undefined ? [] : [`$script:HostFunctions = @(${own.names.map(quoteLiteral).join(', ')})`];
}

function commandFunction(help: CommandHelp, settings: ModuleSettings): string {
  const outputTypes = help.outputs.map(({ typename }) => typename).filter(name => name !== 'None');
  const parameters = declarationOrder(help)
    .filter(parameter => !isCommonParameter(parameter) && !isPagingParameter(help, parameter))
    .map(parameter => parameterLines(help, parameter, settings));
  const body = [
    `# .EXTERNALHELP ${externalHelpFile(help)}`,
    `[CmdletBinding(${commandArguments(help).join(', ')})]`,
    ...(outputTypes.length > 0 ? [`[OutputType(${outputTypes.map(quoteLiteral).join(', ')})]`] : []),
    ...(parameters.length > 0 ? ['param(', ...indent(separate(parameters)), ')'] : ['param()']),
    'process { Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }',
  ];
  return `function ${help.name} {\n${indent(body).join('\n')}\n}\n`;
}

function commandArguments(help: CommandHelp): string[] {
  const defaultSet = help.syntax.find(({ isDefault, parameterSetName }) => {
    return parameterSetName !== UNNAMED_PARAMETER_SET && (isDefault || help.syntax.length === 1);
  });
  return [
    ...(defaultSet ? [`DefaultParameterSetName = ${quoteLiteral(defaultSet.parameterSetName)}`] : []),
    ...(supportsShouldProcess(help) ? ['SupportsShouldProcess'] : []),
    ...(supportsPaging(help) ? ['SupportsPaging'] : []),
    'PositionalBinding = $false',
    ...(help.onlineVersionUrl ? [`HelpUri = ${quoteLiteral(help.onlineVersionUrl)}`] : []),
  ];
}

function parameterLines(help: CommandHelp, parameter: Parameter, settings: ModuleSettings): string[] {
  const type = resolveType(parameter);
  if ('unsupported' in type) {
    throw new Error(type.unsupported.message);
  }
  const needsSet = type.enumName === undefined && type.acceptedValues.length > 0;
  const validation = settings.parameterValidation?.[help.name]?.[parameter.name] ?? [];
  return [
    ...parameterAttributes(help, parameter),
    ...(parameter.aliases.length > 0 ? [`[Alias(${parameter.aliases.map(quoteLiteral).join(', ')})]`] : []),
    ...(parameter.supportsWildcards ? ['[SupportsWildcards()]'] : []),
    ...validation.map(name => `[Validate${name}()]`),
    ...(needsSet ? [`[ValidateSet(${type.acceptedValues.map(quoteLiteral).join(', ')})]`] : []),
    // No [Credential()] beside [pscredential]: PowerShell adds it to a function's parameter by itself.
    `[${type.powerShell}]`,
    `$${parameter.name}`,
  ];
}

/** One `[Parameter()]` for each set, or a single one without a set where all sets agree. */
function parameterAttributes(help: CommandHelp, parameter: Parameter): string[] {
  const blocks = [...blocksBySet(help, parameter)];
  const first = blocks[0]?.[1];
  const everywhere =
    blocks.length === help.syntax.length && blocks.every(([, block]) => first && sameBinding(first, block));
  const merged = first !== undefined && everywhere && (hasUnnamedSet(help) || !mustNameSets(help));
  const named: [string | undefined, ParameterSetBlock][] = merged ? [[undefined, first]] : blocks;
  return named.map(([set, block]) => `[Parameter(${attributeArguments(set, block, parameter).join(', ')})]`);
}

/** A set exists in PowerShell only when a parameter names it or it is the default. */
function mustNameSets(help: CommandHelp): boolean {
  const own = help.parameters.filter(parameter => blocksBySet(help, parameter).size < help.syntax.length);
  const namedSets = new Set(own.flatMap(parameter => [...blocksBySet(help, parameter).keys()]));
  const isNamed = (set: string) =>
    namedSets.has(set) || help.syntax.find(item => item.parameterSetName === set)?.isDefault;
  return help.syntax.length > 1 && !parameterSetNames(help).every(isNamed);
}

function attributeArguments(set: string | undefined, block: ParameterSetBlock, parameter: Parameter): string[] {
  return [
    ...(set === undefined ? [] : [`ParameterSetName = ${quoteLiteral(set)}`]),
    ...(block.isRequired ? ['Mandatory'] : []),
    ...(block.position === 'named' ? [] : [`Position = ${block.position}`]),
    ...(block.valueFromPipeline ? ['ValueFromPipeline'] : []),
    ...(block.valueFromPipelineByPropertyName ? ['ValueFromPipelineByPropertyName'] : []),
    ...(block.valueFromRemainingArguments ? ['ValueFromRemainingArguments'] : []),
    ...(parameter.dontShow ? ['DontShow'] : []),
    ...(parameter.helpMessage ? [`HelpMessage = ${quoteLiteral(parameter.helpMessage)}`] : []),
  ];
}

/** Joins the parameters' lines: a comma and an empty line between them. */
function separate(parameters: readonly string[][]): string[] {
  return parameters.flatMap((lines, index) => {
    const isLast = index === parameters.length - 1;
    return isLast ? lines : [...lines.slice(0, -1), `${lines.at(-1)},`, ''];
  });
}

/** Indents by one level; a literal that holds line ends stays as it is after its first line. */
function indent(lines: readonly string[]): string[] {
  return lines.map(line => (line === '' ? line : `    ${line}`));
}
