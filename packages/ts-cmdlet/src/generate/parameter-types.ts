import type { CommandHelp, Parameter } from '../help/model.ts';
import { defaultValues } from './default-values.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import { paragraphs } from './maml-text.ts';
import type { ModuleSettings } from './module-settings.ts';
import { type DescribedTypes, objectTypeName } from './object-types.ts';
import {
  blocksBySet,
  declarationOrder,
  isCommonParameter,
  isPagingParameter,
  parameterSetNames,
} from './parameter-sets.ts';
import type { ParameterType } from './parameter-type.ts';
import { resolveType } from './resolve-type.ts';
import { RUNTIME_PACKAGE } from './runtime-package.ts';
import { type Schema, TYPED_OBJECT } from './type-table.ts';
import {
  docComment,
  LINE_WIDTH,
  propertyName,
  stringLiteral,
  unionOfStrings,
  valueLiteral,
} from './typescript-text.ts';

/** The name of a cmdlet as part of a TypeScript name: `Get-Widget` is `GetWidget`. */
function typeScriptName(help: CommandHelp): string {
  return help.name.replaceAll('-', '');
}

/** One member of a parameter set's variant. */
interface Member {
  readonly parameter: Parameter;
  readonly typeScript: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isRequired: boolean;
}

/**
 * Writes a cmdlet's `.ts`: its parameters as a union with one variant for each parameter set, and the JSON Schema of
 * the same shape for what arrives from PowerShell. The help must have passed `checkCommands`. `validation` is the cmdlet's of
 * the settings, and `objects` what is known of the objects that parameters take.
 */
export function parameterTypes(
  help: CommandHelp,
  validation: CommandValidation = {},
  objects?: DeclaredObjects,
): string {
  const name = typeScriptName(help);
  const parameters = declarationOrder(help).filter(parameter => !isCommonParameter(help, parameter));
  const typed = parameters.map(parameter => ({ parameter, type: wireType(help, parameter, validation, objects) }));
  const variants = parameterSetNames(help).map(set => ({
    set,
    members: typed.flatMap(({ parameter, type }): Member[] => {
      const block = blocksBySet(help, parameter).get(set);
      const typeScript = memberType(help, parameter, type);
      return block ? [{ parameter, typeScript, schema: type.schema, isRequired: block.isRequired }] : [];
    }),
  }));
  const imports = runtimeTypes.filter(name =>
    typed.some(({ type }) => new RegExp(`\\b${name}\\b`).test(type.typeScript)),
  );
  const outputs = objects && imports.includes('ObjectOf') ? `\nimport type { outputs } from '${objects.outputs}';` : '';
  const unions = new Map(
    typed
      .filter(({ type }) => isUnion(type))
      .map(({ parameter, type }) => [elementType(help, parameter, type), type.acceptedValues]),
  );
  const sections = [
    `// ${GENERATED_NOTE}\n`,
    ...(imports.length > 0 ? [`import type { ${imports.join(', ')} } from '${RUNTIME_PACKAGE}';${outputs}\n`] : []),
    ...[...unions].map(([union, values]) => `${unionOfStrings(union, values)}\n`),
    `/** The parameters of ${help.name}: one variant for each parameter set. */\n${variantsType(`${name}Parameters`, variants)}\n`,
    ...defaultsConstant(help),
    `/** What ajv checks when parameters of ${help.name} arrive from PowerShell. */\n${schemaConstant(help, variants)}\n`,
  ];
  return sections.join('\n');
}

/** Writes `index.ts`: every cmdlet's parameter type and schema by the cmdlet's name. */
export function parameterTypesIndex(helps: readonly CommandHelp[]): string {
  const imports = helps.map(help => {
    const name = typeScriptName(help);
    const line = `import { type ${name}Parameters, ${name}Schema } from './${help.name}.ts';`;
    const broken = `import {\n  type ${name}Parameters,\n  ${name}Schema,\n} from './${help.name}.ts';`;
    return line.length <= LINE_WIDTH ? line : broken;
  });
  const types = helps.map(help => `  '${help.name}': ${typeScriptName(help)}Parameters;`);
  const schemas = helps.map(help => {
    const line = `  '${help.name}': ${typeScriptName(help)}Schema,`;
    return line.length <= LINE_WIDTH ? line : `  '${help.name}':\n    ${typeScriptName(help)}Schema,`;
  });
  const exports = helps.map(help => `export type { ${typeScriptName(help)}Parameters } from './${help.name}.ts';`);
  return [
    `// ${GENERATED_NOTE}\n`,
    `${imports.join('\n')}\n`,
    `${exports.join('\n')}\n`,
    `/** The parameters of each cmdlet, by its name. */\nexport interface CmdletParameters {\n${types.join('\n')}\n}\n`,
    "/** The JSON Schema of each cmdlet's parameters, by its name. */\n" +
      `export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {\n${schemas.join('\n')}\n};\n`,
  ].join('\n');
}

/** Where the declared outputs are, as a file of types imports it, and the types that INPUTS and OUTPUTS name. */
export interface DeclaredObjects {
  readonly outputs: string;
  readonly types: DescribedTypes;
}

/** The types of the package that a parameter can have. */
const runtimeTypes = ['Hashtable', 'ObjectOf', 'PSCredential', 'TypedObject', 'WireScalar'];

/** What the settings have PowerShell check, by parameter. */
type CommandValidation = NonNullable<ModuleSettings['parameterValidation']>[string];

interface WireType
  extends Pick<ParameterType, 'typeScript' | 'isArray' | 'isNullable' | 'schema' | 'acceptedValues' | 'enumName'> {
  /** Whether the whole value can be null, an array too: the parameter has AllowNull. */
  readonly takesNull: boolean;
}

/** Whether TypeScript has a type of its own for the accepted values: they are texts, or numbers that arrive as such. */
function isUnion(type: WireType): boolean {
  return type.acceptedValues.length > 0 && (type.enumName !== undefined || type.typeScript === 'string');
}

function wireType(
  help: CommandHelp,
  parameter: Parameter,
  validation: CommandValidation,
  objects: DeclaredObjects | undefined,
): WireType {
  const isPaging = isPagingParameter(help, parameter);
  const isSwitch = parameter.name.toLowerCase() === 'includetotalcount';
  const resolved = resolveType(isPaging ? { ...parameter, type: isSwitch ? 'switch' : 'ulong' } : parameter);
  if ('unsupported' in resolved) {
    throw new Error(resolved.unsupported.message);
  }
  const type = withDeclaration(resolved, objects);
  // PowerShell makes an empty text of a null, and has no null of a value type.
  const keepsNull = type.isArray || !(type.isValueType || type.isSwitch || type.powerShell === 'string');
  const takesNull = keepsNull && validation[parameter.name]?.includes('AllowNull') === true;
  return {
    ...type,
    takesNull,
    schema: takesNull && type.schema.type ? { ...type.schema, nullable: true } : type.schema,
  };
}

/** Has what the module declares of an object's type say what the object is. */
function withDeclaration(type: ParameterType, objects: DeclaredObjects | undefined): ParameterType {
  if (type.objectTypeName === undefined || objects === undefined) return type;
  const typeName = objectTypeName(type.objectTypeName, objects.types);
  const named = (schema: Schema): Schema =>
    schema.items ? { ...schema, items: named(Object(schema.items)) } : { ...schema, 'x-typeName': typeName };
  const object = `ObjectOf<typeof outputs, ${stringLiteral(typeName)}>`;
  return {
    ...type,
    typeScript: type.typeScript.replace(TYPED_OBJECT.typeScript, () => object),
    schema: named(type.schema),
  };
}

/** An enum has its own name; strings with accepted values get one from the cmdlet and the parameter. */
function elementType(help: CommandHelp, parameter: Parameter, type: WireType): string {
  return isUnion(type) && type.enumName === undefined ? `${typeScriptName(help)}${parameter.name}` : type.typeScript;
}

function memberType(help: CommandHelp, parameter: Parameter, type: WireType): string {
  const name = elementType(help, parameter, type);
  const element = type.isNullable ? `${name} | null` : name;
  const whole = !type.isArray ? element : type.isNullable ? `readonly (${element})[]` : `readonly ${element}[]`;
  return type.takesNull && whole !== 'unknown' ? `${whole} | null` : whole;
}

interface Variant {
  readonly set: string;
  readonly members: readonly Member[];
}

function variantsType(name: string, variants: readonly Variant[]): string {
  const [only, ...others] = variants;
  if (only !== undefined && others.length === 0) {
    return `export type ${name} = {\n${variantLines(only, '  ').join('\n')}\n};`;
  }
  const parts = variants.map(variant => `  | {\n${variantLines(variant, '      ').join('\n')}\n    }`);
  return `export type ${name} =\n${parts.join('\n')};`;
}

function variantLines({ set, members }: Variant, indentation: string): string[] {
  return [
    `${indentation}readonly parameterSetName: ${stringLiteral(set)};`,
    ...members.flatMap(({ parameter, typeScript, isRequired }) => [
      ...docComment(paragraphs(parameter.description), indentation),
      `${indentation}readonly ${propertyName(parameter.name)}${isRequired ? '' : '?'}: ${typeScript};`,
    ]),
  ];
}

function defaultsConstant(help: CommandHelp): string[] {
  const defaults = defaultValues(help);
  if (Object.keys(defaults).length === 0) return [];
  const name = `export const ${typeScriptName(help)}Defaults = `;
  return [
    `/** The default values that the help of ${help.name} names: PowerShell hands over what was given, and no more. */\n` +
      `${name}${valueLiteral(defaults, '', name.length + ' as const'.length)} as const;\n`,
  ];
}

function schemaConstant(help: CommandHelp, variants: readonly Variant[]): string {
  const shapes = variants.map(({ set, members }) => ({
    type: 'object',
    properties: {
      parameterSetName: { const: set },
      ...Object.fromEntries(members.map(({ parameter, schema }) => [parameter.name, schema])),
    },
    required: [
      'parameterSetName',
      ...members.filter(member => member.isRequired).map(({ parameter }) => parameter.name),
    ],
    additionalProperties: false,
  }));
  const schema = { $id: help.name, ...(shapes.length === 1 ? shapes[0] : { type: 'object', oneOf: shapes }) };
  return `export const ${typeScriptName(help)}Schema = ${valueLiteral(schema, '', 0)} as const;`;
}
