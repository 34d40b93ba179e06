// The one table of parameter types: how .NET, PowerShell, TypeScript and JSON Schema each say a type that the help names.
// resolve-type.ts says what becomes of names that are not in it.

import { SCALAR_TYPES, type ScalarForm } from '../schema/scalar-types.ts';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** One type that values can cross to the core in. */
export interface KnownType {
  /** The .NET type; help may leave the namespace away. */
  readonly fullName: string;
  /** Other spellings, compared without case: C#'s and PowerShell's short names. */
  readonly aliases: readonly string[];
  /** What stands in the brackets before a parameter. */
  readonly powerShell: string;
  readonly typeScript: string;
  /** The wire form (src/runtime/values.ts). */
  readonly schema: Schema;
  /** What an accepted value of the type looks like; absent where the type can have none. */
  readonly acceptedValue?: RegExp;
  /** The values of an enum, in the order in which .NET lists them. */
  readonly enumValues?: readonly string[];
  /** Whether it is one of .NET's value types, which null is no value of and a `Nullable` is for. */
  readonly isValueType?: true;
}

const anyText = /^/;
const integer = /^-?\d+$/;
const real = /^-?\d+(\.\d+)?$/;
const truth = /^(true|false)$/i;

function tagged(type: string, properties: Schema): Schema {
  const members = { $type: { const: type }, ...properties };
  return { type: 'object', properties: members, required: Object.keys(members), additionalProperties: false };
}

/** A type of numbers, text or truth values: JSON has its values as they are. */
function plain(
  fullName: string,
  aliases: string[],
  type: 'string' | 'boolean' | 'integer' | 'number',
  powerShell = aliases[0] ?? fullName,
): KnownType {
  const typeScript = type === 'integer' ? 'number' : type;
  const acceptedValue = { string: anyText, boolean: truth, integer, number: real }[type];
  const known: KnownType = { fullName, aliases, powerShell, typeScript, schema: { type }, acceptedValue };
  return { ...known, ...(powerShell !== 'string' && { isValueType: true }) };
}

/** A type that crosses as its text, beside the type's name, because JSON has nothing like it. */
function scalar(fullName: string, { alias, acceptedValue = anyText, isValueType }: ScalarForm): KnownType {
  return {
    fullName,
    aliases: alias === undefined ? [] : [alias],
    powerShell: alias ?? fullName,
    typeScript: `WireScalar<'${fullName}'>`,
    schema: tagged(fullName, { value: { type: 'string' } }),
    ...(acceptedValue !== null && { acceptedValue }),
    ...(isValueType && { isValueType }),
  };
}

/** An enum of .NET's own: its values cross as their names. */
function enumeration(fullName: string, values: string): KnownType {
  return {
    fullName,
    aliases: [],
    powerShell: fullName,
    typeScript: 'string',
    schema: { type: 'string' },
    acceptedValue: new RegExp(`^(${values.replaceAll(' ', '|')})$`, 'i'),
    isValueType: true,
    enumValues: values.split(' '),
  };
}

/** Anything: whoever writes the handler checks what it is. */
function anything(fullName: string, aliases: string[], powerShell: string): KnownType {
  return { fullName, aliases, powerShell, typeScript: 'unknown', schema: {}, acceptedValue: anyText };
}

/** A dictionary with keys of text. */
function dictionary(fullName: string, aliases: string[], powerShell: string): KnownType {
  const schema = tagged('System.Collections.Hashtable', { entries: { type: 'object' } });
  return { fullName, aliases, powerShell, typeScript: 'Hashtable', schema };
}

/** An object with a type name: see resolve-type.ts. */
export const TYPED_OBJECT = {
  typeScript: 'TypedObject',
  schema: tagged('PSObject', { $typeName: { type: 'string' }, properties: { type: 'object' } }),
} as const;

const credential: KnownType = {
  fullName: 'System.Management.Automation.PSCredential',
  aliases: [],
  powerShell: 'pscredential',
  typeScript: 'PSCredential',
  schema: tagged('System.Management.Automation.PSCredential', {
    userName: { type: 'string' },
    password: { type: 'string' },
  }),
};

/** The enums that come with PowerShell and that cmdlets ask for, with their values. */
const ENUMERATIONS = [
  enumeration(
    'System.ConsoleColor',
    'Black DarkBlue DarkGreen DarkCyan DarkRed DarkMagenta DarkYellow Gray DarkGray Blue Green Cyan Red Magenta Yellow White',
  ),
  enumeration('System.DayOfWeek', 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
  enumeration('System.DateTimeKind', 'Unspecified Utc Local'),
  enumeration(
    'System.StringComparison',
    'CurrentCulture CurrentCultureIgnoreCase InvariantCulture InvariantCultureIgnoreCase Ordinal OrdinalIgnoreCase',
  ),
  enumeration('System.IO.FileMode', 'CreateNew Create Open OpenOrCreate Truncate Append'),
  enumeration('System.IO.FileAccess', 'Read Write ReadWrite'),
  enumeration('System.IO.FileShare', 'None Read Write ReadWrite Delete Inheritable'),
  enumeration(
    'System.IO.FileAttributes',
    'None ReadOnly Hidden System Directory Archive Device Normal Temporary SparseFile ReparsePoint Compressed Offline NotContentIndexed Encrypted IntegrityStream NoScrubData',
  ),
  enumeration('System.Net.SecurityProtocolType', 'SystemDefault Ssl3 Tls Tls11 Tls12 Tls13'),
  enumeration('System.Diagnostics.TraceLevel', 'Off Error Warning Info Verbose'),
  enumeration(
    'System.Management.Automation.ActionPreference',
    'SilentlyContinue Stop Continue Inquire Ignore Suspend Break',
  ),
  enumeration('System.Management.Automation.ConfirmImpact', 'None Low Medium High'),
  enumeration(
    'System.Management.Automation.ErrorCategory',
    'NotSpecified OpenError CloseError DeviceError DeadlockDetected InvalidArgument InvalidData InvalidOperation InvalidResult InvalidType MetadataError NotImplemented NotInstalled ObjectNotFound OperationStopped OperationTimeout SyntaxError ParserError PermissionDenied ResourceBusy ResourceExists ResourceUnavailable ReadError WriteError FromStdErr SecurityError ProtocolError ConnectionError AuthenticationError LimitsExceeded QuotaExceeded NotEnabled',
  ),
];

const BYTES_NAME = 'System.Byte[]';

/** Types that are plain in JSON but for a few values. */
const PLAIN_NAMES = ['System.Double'];

export const KNOWN_TYPES: readonly KnownType[] = [
  plain('System.String', ['string'], 'string'),
  plain('System.Char', ['char'], 'string'),
  plain('System.Management.Automation.SwitchParameter', ['switch'], 'boolean'),
  plain('System.Boolean', ['bool'], 'boolean'),
  plain('System.Byte', ['byte'], 'integer'),
  plain('System.SByte', ['sbyte'], 'integer'),
  plain('System.Int16', ['short'], 'integer'),
  plain('System.UInt16', ['ushort'], 'integer'),
  plain('System.Int32', ['int'], 'integer'),
  plain('System.UInt32', ['uint'], 'integer'),
  plain('System.Single', ['float'], 'number'),
  plain('System.Double', ['double'], 'number'),
  ...Object.entries(SCALAR_TYPES)
    .filter(([name]) => name !== BYTES_NAME && !PLAIN_NAMES.includes(name))
    .map(([name, form]) => scalar(name, form)),
  credential,
  dictionary('System.Collections.Hashtable', ['hashtable'], 'hashtable'),
  dictionary('System.Collections.IDictionary', [], 'System.Collections.IDictionary'),
  dictionary(
    'System.Collections.Specialized.OrderedDictionary',
    ['ordered'],
    'System.Collections.Specialized.OrderedDictionary',
  ),
  anything('System.Object', ['object'], 'object'),
  anything('System.Management.Automation.PSObject', ['psobject', 'pscustomobject'], 'psobject'),
  {
    ...TYPED_OBJECT,
    fullName: 'System.Management.Automation.ErrorRecord',
    aliases: [],
    powerShell: 'System.Management.Automation.ErrorRecord',
  },
  ...ENUMERATIONS,
];

/** `byte[]`, the one array with a form of its own. */
export const BYTES: KnownType = scalar(BYTES_NAME, SCALAR_TYPES[BYTES_NAME]);

/** Collections without a type for what they hold. */
export const PLAIN_COLLECTIONS: ReadonlyMap<string, string> = new Map([
  ['System.Array', 'array'],
  ['System.Collections.ArrayList', 'System.Collections.ArrayList'],
  ['System.Collections.IList', 'System.Collections.IList'],
  ['System.Collections.ICollection', 'System.Collections.ICollection'],
  ['System.Collections.IEnumerable', 'System.Collections.IEnumerable'],
]);

/** Generic collections that cross as arrays. */
export const GENERIC_LISTS: readonly string[] = [
  ...['List', 'IList', 'ICollection', 'IEnumerable', 'IReadOnlyList', 'IReadOnlyCollection', 'HashSet', 'ISet'].map(
    name => `System.Collections.Generic.${name}`,
  ),
  'System.Collections.ObjectModel.Collection',
  'System.Collections.ObjectModel.ReadOnlyCollection',
];

/** Generic dictionaries: their keys must be text. */
export const GENERIC_DICTIONARIES: readonly string[] = ['Dictionary', 'IDictionary', 'SortedDictionary'].map(
  name => `System.Collections.Generic.${name}`,
);
