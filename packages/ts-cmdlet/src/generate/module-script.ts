import { commandAliases } from '../help/command-aliases.ts';
import type { CommandHelp, Parameter, ParameterSetBlock } from '../help/model.ts';
import { UNNAMED_PARAMETER_SET } from '../help/parameter-set-names.ts';
import { COMPLETE_ARGUMENT, type CompletedParameters, completerAttribute } from './completers.ts';
import { enumAccelerator, enumTypeName } from './enum-type-name.ts';
import { ERROR_RECORDS_FILE, IMPORT_PLACE, SCRIPT_NOTE } from './host-scripts.ts';
import { collectEnums, type ModuleEnum } from './module-enums.ts';
import type { ModuleSettings, Validation } from './module-settings.ts';
import { type DescribedTypes, describedTypes, objectTypeName } from './object-types.ts';
import {
  blocksBySet,
  declaredParameters,
  hasUnnamedSet,
  parameterSetNames,
  sameBinding,
  supportsPaging,
  supportsShouldProcess,
  takesPipelineInput,
} from './parameter-sets.ts';
import type { ParameterType } from './parameter-type.ts';
import { pathParameterEntries } from './path-parameters.ts';
import { quoteLiteral } from './powershell-text.ts';
import { resolveType } from './resolve-type.ts';
import { isSecretParameter, SECRET_ATTRIBUTE } from './secret-parameters.ts';
import { isWebAddress } from './web-address.ts';

/** The files of the module's own PowerShell, with the one of the host that these are loaded with; none where it has none. */
export function handWrittenScripts({ hostFunctions = [] }: ModuleSettings): string[] {
  return hostFunctions.length === 0 ? [] : [ERROR_RECORDS_FILE, ...hostFunctions.map(({ file }) => file)];
}

/** The author's own format and types files. */
export function handWrittenObjectFiles({ formatFiles = [], typeFiles = [] }: ModuleSettings): string[] {
  return [...formatFiles, ...typeFiles];
}

/** The MAML file of a command whose help names none: the one that PowerShell looks for by itself. */
export function externalHelpFile(help: CommandHelp): string {
  return help.externalHelpFile ?? `${help.moduleName}-Help.xml`;
}

/**
 * Writes what the module's `.psm1` has of its own, to be completed by `addHostScripts`: for each cmdlet a function
 * with its parameters and one call, and what the host is to know of the module. `completed` are the parameters that handlers
 * complete. The helps must have passed `checkCommands`.
 */
export function moduleScript(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  completed: CompletedParameters = {},
): string {
  const { enums } = collectEnums(helps);
  const module = { types: describedTypes(helps), enums, settings, completed };
  const functions = helps.map(help => commandFunction(help, module));
  const completion = Object.values(completed).some(names => names.length > 0) ? [COMPLETE_ARGUMENT] : [];
  return [
    SCRIPT_NOTE,
    ...completion,
    ...functions,
    hostSetting(enums, settings, takeObjects(helps)),
    IMPORT_PLACE,
  ].join('\n');
}

/** What the host knows of its module. The prefix is that of environment variables. */
function hostSetting(enums: readonly ModuleEnum[], settings: ModuleSettings, hasObjectParameters: boolean): string {
  const prefix = `${settings.name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_`;
  const callable = (settings.hostFunctions ?? []).flatMap(own => own.names);
  const entries = [
    `SettingPrefix = ${quoteLiteral(prefix)}`,
    `Scripts = @(${literals(handWrittenScripts(settings))})`,
    `HostFunctions = @(${literals(callable)})`,
    ...(settings.secretParameters === undefined ? [] : ['HasSecretParameters = $true']),
    ...(hasObjectParameters ? ['HasObjectParameters = $true'] : []),
    ...pathParameterEntries(settings),
    ...(enums.length === 0 ? ['Enums = @{}'] : ['Enums = @{', ...indent(enumEntries(enums, settings)), '}']),
  ];
  return ['$script:HostSetting = @{', ...indent(entries), '}\n'].join('\n');
}

/** Whether a parameter takes objects by their type's name. */
function takeObjects(helps: readonly CommandHelp[]): boolean {
  const types = helps.flatMap(({ parameters }) => parameters.map(resolveType));
  return types.some(type => !('unsupported' in type) && type.objectTypeName !== undefined);
}

function enumEntries(enums: readonly ModuleEnum[], settings: ModuleSettings): string[] {
  return enums.map(declared => {
    const [accelerator, name] = [enumAccelerator(declared, settings), enumTypeName(declared, settings)].map(
      quoteLiteral,
    );
    return `${accelerator} = @{ Name = ${name}; Values = @(${literals(declared.values)}) }`;
  });
}

function literals(texts: readonly string[]): string {
  return texts.map(quoteLiteral).join(', ');
}

/** What a function is written from beside its own help. */
interface Module {
  readonly types: DescribedTypes;
  readonly enums: readonly ModuleEnum[];
  readonly settings: ModuleSettings;
  readonly completed: CompletedParameters;
}

function commandFunction(help: CommandHelp, module: Module): string {
  const outputTypes = help.outputs.map(({ typename }) => typename).filter(name => name !== 'None');
  const aliases = commandAliases(help.aliases).names;
  const parameters = declaredParameters(help).map(parameter => parameterLines(help, parameter, module));
  const body = [
    `# .EXTERNALHELP ${externalHelpFile(help)}`,
    `[CmdletBinding(${commandArguments(help, module.settings).join(', ')})]`,
    ...(aliases.length > 0 ? [`[Alias(${aliases.map(quoteLiteral).join(', ')})]`] : []),
    ...(outputTypes.length > 0 ? [`[OutputType(${outputTypes.map(quoteLiteral).join(', ')})]`] : []),
    ...(parameters.length > 0 ? ['param(', ...indent(separate(parameters)), ')'] : ['param()']),
    ...callLines(help),
  ];
  return `function ${help.name} {\n${indent(body).join('\n')}\n}\n`;
}

/**
 * The call; with pipeline input, one for each record, within what the host opens, completes and closes around them. No
 * parameter's variable can have a name with a space.
 */
function callLines(help: CommandHelp): string[] {
  if (!takesPipelineInput(help)) return [`process { ${throwing(hostCall('Invoke', '$PSBoundParameters', '$null'))} }`];
  const pipeline = variable('core pipeline');
  return [
    `begin { ${pipeline} = ${hostCall('Open', '$PSBoundParameters')} }`,
    `process { ${throwing(hostCall('Invoke', '$PSBoundParameters', pipeline))} }`,
    `end { ${throwing(hostCall('Complete', pipeline))} }`,
    `clean { if ($null -ne ${pipeline}) { ${hostCall('Close', pipeline)} } }`,
  ];
}

/** A call of one of the host's delegates, which each take $PSCmdlet first. */
function hostCall(name: string, ...args: readonly string[]): string {
  return `$script:ModuleHost['${name}'].Invoke(${['$PSCmdlet', ...args].join(', ')})`;
}

/** Throws what a call returns: an error of a command further down the pipeline comes wrapped out of a .NET method. */
function throwing(call: string): string {
  const error = variable('downstream error');
  return `if (${error} = ${call}) { throw ${error} }`;
}

/** A variable whose name is in braces: the linter takes these behind a dollar sign in plain quotes for a mistake. */
function variable(name: string): string {
  return `$\u007B${name}}`;
}

function commandArguments(help: CommandHelp, { confirmImpact = {} }: ModuleSettings): string[] {
  const defaultSet = help.syntax.find(({ isDefault, parameterSetName }) => {
    const isNamed = parameterSetName !== UNNAMED_PARAMETER_SET || help.syntax.length > 1;
    return isNamed && (isDefault || help.syntax.length === 1);
  });
  return [
    ...(defaultSet ? [`DefaultParameterSetName = ${quoteLiteral(defaultSet.parameterSetName)}`] : []),
    ...(supportsShouldProcess(help) ? ['SupportsShouldProcess'] : []),
    ...(confirmImpact[help.name] ? [`ConfirmImpact = '${confirmImpact[help.name]}'`] : []),
    ...(supportsPaging(help) ? ['SupportsPaging'] : []),
    'PositionalBinding = $false',
    ...(help.onlineVersionUrl && isWebAddress(help.onlineVersionUrl)
      ? [`HelpUri = ${quoteLiteral(help.onlineVersionUrl)}`]
      : []),
  ];
}

function parameterLines(help: CommandHelp, parameter: Parameter, module: Module): string[] {
  const { types, enums, settings, completed } = module;
  const type = resolveType(parameter);
  if ('unsupported' in type) {
    throw new Error(type.unsupported.message);
  }
  // An enum says which values there are, unless this parameter accepts some of them alone.
  const all = enums.find(({ name }) => name === type.enumName)?.values ?? [];
  const needsSet = type.acceptedValues.length > 0 && type.acceptedValues.length !== all.length;
  const validation = settings.parameterValidation?.[help.name]?.[parameter.name] ?? [];
  const objectType =
    type.objectTypeName === undefined ? undefined : quoteLiteral(objectTypeName(type.objectTypeName, types));
  return [
    ...parameterAttributes(help, parameter),
    ...(parameter.aliases.length > 0 ? [`[Alias(${parameter.aliases.map(quoteLiteral).join(', ')})]`] : []),
    ...(completed[help.name]?.includes(parameter.name) ? [completerAttribute(help.name, parameter.name)] : []),
    ...(parameter.supportsWildcards ? ['[SupportsWildcards()]'] : []),
    ...validation.map(validationAttribute),
    ...(needsSet ? [`[ValidateSet(${type.acceptedValues.map(quoteLiteral).join(', ')})]`] : []),
    ...(objectType === undefined ? [] : [`[PSTypeName(${objectType})]`]),
    // No [Credential()] beside [pscredential]: PowerShell adds it to a function's parameter by itself.
    `[${powerShellType(type, enums, settings)}]`,
    ...(isSecretParameter(settings, help.name, parameter.name) ? [SECRET_ATTRIBUTE] : []),
    ...(objectType === undefined ? [] : [`[TsCmdlet.DeserializedObject(${objectType})]`]),
    `$${parameter.name}`,
  ];
}

/** A parameter's type as the module's script writes it: an enum of the module by its full name. */
function powerShellType(
  { powerShell, enumName }: ParameterType,
  enums: readonly ModuleEnum[],
  settings: ModuleSettings,
) {
  const declared = enums.find(({ name }) => name === enumName);
  if (declared === undefined) return powerShell;
  const at = powerShell.lastIndexOf(declared.name);
  return powerShell.slice(0, at) + enumAccelerator(declared, settings) + powerShell.slice(at + declared.name.length);
}

function validationAttribute(validation: Validation): string {
  if (typeof validation === 'string') return `[${validation.startsWith('Allow') ? '' : 'Validate'}${validation}()]`;
  if ('Pattern' in validation) return `[ValidatePattern(${quoteLiteral(validation.Pattern)})]`;
  return Object.entries(validation)
    .map(([name, bounds]) => `[Validate${name}(${bounds.join(', ')})]`)
    .join('');
}

/** One `[Parameter()]` for each set, or a single one without a set where all sets agree. */
function parameterAttributes(help: CommandHelp, parameter: Parameter): string[] {
  const blocks = [...blocksBySet(help, parameter)];
  const first = blocks[0]?.[1];
  const everywhere =
    blocks.length === help.syntax.length && blocks.every(([, block]) => first && sameBinding(first, block));
  const merged = first !== undefined && everywhere && (hasUnnamedSet(help) || !mustNameSets(help));
  const named: [string | undefined, ParameterSetBlock][] = merged ? [[undefined, first]] : blocks;
  // PowerShell reads a script parameter's attributes from the last to the first, and lists the sets as it meets them.
  return named
    .toReversed()
    .map(([set, block]) => `[Parameter(${attributeArguments(set, block, parameter).join(', ')})]`);
}

/** A set exists in PowerShell only when a parameter names it or it is the default. */
function mustNameSets(help: CommandHelp): boolean {
  const own = help.parameters.filter(parameter => blocksBySet(help, parameter).size < help.syntax.length);
  const namedSets = new Set(own.flatMap(parameter => [...blocksBySet(help, parameter).keys()]));
  const isNamed = (set: string) =>
    set === UNNAMED_PARAMETER_SET ||
    namedSets.has(set) ||
    help.syntax.find(item => item.parameterSetName === set)?.isDefault;
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
