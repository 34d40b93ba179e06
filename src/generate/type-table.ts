import type { Parameter } from '../help/model.ts';
import type { GenerateCode } from './generate-error.ts';
import { isPlainIdentifier } from './powershell-text.ts';

// The one table of parameter types: how PowerShell, TypeScript and JSON Schema each say a type that the help names.

/** One supported type. */
interface KnownType {
  /** As the help may spell it, compared without case. */
  readonly names: readonly string[];
  readonly powerShell: string;
  readonly typeScript: string;
  /** The wire form. */
  readonly schema: Readonly<Record<string, unknown>>;
}

const credentialSchema = {
  type: 'object',
  properties: {
    $type: { const: 'System.Management.Automation.PSCredential' },
    userName: { type: 'string' },
    password: { type: 'string' },
  },
  required: ['$type', 'userName', 'password'],
  additionalProperties: false,
};

const knownTypes: readonly KnownType[] = [
  {
    names: ['String', 'System.String'],
    powerShell: 'string',
    typeScript: 'string',
    schema: { type: 'string' },
  },
  {
    names: ['SwitchParameter', 'switch', 'System.Management.Automation.SwitchParameter'],
    powerShell: 'switch',
    typeScript: 'boolean',
    schema: { type: 'boolean' },
  },
  {
    names: ['Boolean', 'bool', 'System.Boolean'],
    powerShell: 'bool',
    typeScript: 'boolean',
    schema: { type: 'boolean' },
  },
  {
    names: ['Int32', 'int', 'System.Int32'],
    powerShell: 'int',
    typeScript: 'number',
    schema: { type: 'integer' },
  },
  {
    names: ['Double', 'System.Double'],
    powerShell: 'double',
    typeScript: 'number',
    schema: { type: 'number' },
  },
  {
    names: ['PSCredential', 'System.Management.Automation.PSCredential'],
    powerShell: 'pscredential',
    typeScript: 'PSCredential',
    schema: credentialSchema,
  },
];

/** Names that mean something else in PowerShell or TypeScript and so can't name an enum of the module. */
const takenNames = new Set(
  `any array bigint boolean byte char cimclass ciminstance cimsession consolecolor datetime datetimeoffset dayofweek
  decimal encoding erroraction actionpreference fileattributes float guid hashtable int16 int64 ipaddress ipendpoint long
  mailaddress never null number object ordered psobject pscustomobject ref regex sbyte scriptblock securestring semver
  short single symbol timespan type uint uint16 uint32 uint64 ulong undefined unknown uri ushort version void
  wildcardpattern xml`.split(/\s+/),
);

/** What the generators need to know of a parameter's type. */
export interface ParameterType {
  /** What stands in the brackets before the parameter: `string`, `EnvironmentName[]`. */
  readonly powerShell: string;
  /** The element type as TypeScript names it; an accepted-values type's own name is the caller's choice. */
  readonly typeScript: string;
  readonly isArray: boolean;
  readonly isSwitch: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
  /** The module's own enum, made from the accepted values. */
  readonly enumName?: string;
  /** The accepted values of an enum or of a string. */
  readonly acceptedValues: readonly string[];
}

/** Why a parameter's type can't be generated. */
export interface UnsupportedType {
  readonly unsupported: { readonly code: GenerateCode; readonly message: string; readonly expected: string };
}

/** Says what a parameter's type is, or why it can't be generated. */
export function resolveType(parameter: Parameter): ParameterType | UnsupportedType {
  const isArray = parameter.type.endsWith('[]');
  const written = isArray ? parameter.type.slice(0, -2) : parameter.type;
  const known = knownTypes.find(({ names }) => names.some(name => name.toLowerCase() === written.toLowerCase()));
  const brackets = isArray ? '[]' : '';
  if (known === undefined) {
    return parameter.acceptedValues.length > 0 ? resolveEnum(parameter, written, isArray) : unsupported(parameter);
  }
  const isSwitch = known.powerShell === 'switch';
  if (isSwitch && isArray) {
    return unsupported(parameter);
  }
  const isBoolean = known.typeScript === 'boolean';
  if (parameter.acceptedValues.length > 0 && known.powerShell !== 'string' && !isBoolean) {
    const message = `Parameter -${parameter.name} of type ${parameter.type} has accepted values.`;
    return { unsupported: { code: 'values-unusable', message, expected: 'Expected a String or the name of an enum.' } };
  }
  // True and False are all that a Boolean takes: naming them adds nothing.
  const acceptedValues = isBoolean ? [] : parameter.acceptedValues;
  const element = acceptedValues.length > 0 ? { type: 'string', enum: acceptedValues } : known.schema;
  return {
    powerShell: known.powerShell + brackets,
    typeScript: known.typeScript,
    isArray,
    isSwitch,
    schema: isArray ? { type: 'array', items: element } : element,
    acceptedValues,
  };
}

function resolveEnum(parameter: Parameter, written: string, isArray: boolean): ParameterType | UnsupportedType {
  const enumName = written.split('.').at(-1) ?? written;
  if (/^system\./i.test(written) || takenNames.has(enumName.toLowerCase())) {
    return unsupported(parameter);
  }
  if (!isPlainIdentifier(enumName)) {
    const message = `Parameter -${parameter.name}: '${parameter.type}' can't name an enum.`;
    return { unsupported: { code: 'type-unsupported', message, expected: identifierRule } };
  }
  const wrong = parameter.acceptedValues.find(value => !isPlainIdentifier(value));
  if (wrong !== undefined) {
    const message = `Parameter -${parameter.name}: '${wrong}' can't be a value of enum ${enumName}.`;
    return { unsupported: { code: 'values-unusable', message, expected: identifierRule } };
  }
  const element = { type: 'string', enum: parameter.acceptedValues };
  return {
    powerShell: enumName + (isArray ? '[]' : ''),
    typeScript: enumName,
    isArray,
    isSwitch: false,
    schema: isArray ? { type: 'array', items: element } : element,
    enumName,
    acceptedValues: parameter.acceptedValues,
  };
}

const identifierRule = 'Expected letters, digits and underscores, with no digit first.';

function unsupported(parameter: Parameter): UnsupportedType {
  const supported = knownTypes.map(({ names }) => names[0]).join(', ');
  const message = `Parameter -${parameter.name} has the unsupported type ${parameter.type}.`;
  const expected = `Expected one of ${supported}, an array of these, or an enum's name with accepted values.`;
  return { unsupported: { code: 'type-unsupported', message, expected } };
}
