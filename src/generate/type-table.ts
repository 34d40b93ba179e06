// The one table of parameter types: how .NET, PowerShell, TypeScript and JSON Schema each say a type that the help names.
// resolve-type.ts says what becomes of names that are not in it.

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
  /** The wire form (src/host/values.ts). */
  readonly schema: Schema;
  /** What an accepted value of the type looks like; absent where the type can have none. */
  readonly acceptedValue?: RegExp;
  /** Whether it is one of .NET's value types, which null is no value of and a `Nullable` is for. */
  readonly isValueType?: true;
}

const anyText = /^/;
const integer = /^-?\d+$/;
const real = /^-?\d+(\.\d+)?$/;

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
  const acceptedValue = { string: anyText, boolean: undefined, integer, number: real }[type];
  const known: KnownType = { fullName, aliases, powerShell, typeScript, schema: { type } };
  return { ...known, ...(acceptedValue && { acceptedValue }), ...(powerShell !== 'string' && { isValueType: true }) };
}

/** A type that crosses as its text, beside the type's name, because JSON has nothing like it. */
function scalar(fullName: string, alias?: string, acceptedValue: RegExp | undefined = anyText): KnownType {
  return {
    fullName,
    aliases: alias === undefined ? [] : [alias],
    powerShell: alias ?? fullName,
    typeScript: `WireScalar<'${fullName}'>`,
    schema: tagged(fullName, { value: { type: 'string' } }),
    ...(acceptedValue && { acceptedValue }),
  };
}

function valueType(known: KnownType): KnownType {
  return { ...known, isValueType: true };
}

/** An enum of .NET's own: its values cross as their names. */
function enumeration(fullName: string): KnownType {
  return {
    fullName,
    aliases: [],
    powerShell: fullName,
    typeScript: 'string',
    schema: { type: 'string' },
    acceptedValue: /^[A-Za-z_]\w*$/,
    isValueType: true,
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
  valueType(scalar('System.Int64', 'long', integer)),
  valueType(scalar('System.UInt64', 'ulong', integer)),
  valueType(scalar('System.Decimal', 'decimal', real)),
  valueType(scalar('System.Numerics.BigInteger', 'bigint', integer)),
  valueType(scalar('System.DateTime', 'datetime')),
  valueType(scalar('System.DateTimeOffset')),
  valueType(scalar('System.TimeSpan', 'timespan')),
  valueType(scalar('System.Guid', 'guid')),
  scalar('System.Uri', 'uri'),
  scalar('System.Version', 'version'),
  scalar('System.Management.Automation.SemanticVersion', 'semver'),
  scalar('System.Net.IPAddress', 'ipaddress'),
  scalar('System.Net.Mail.MailAddress', 'mailaddress'),
  scalar('System.Globalization.CultureInfo', 'cultureinfo'),
  scalar('System.Xml.XmlDocument', 'xml', undefined),
  scalar('System.Security.SecureString', 'securestring', undefined),
  credential,
  dictionary('System.Collections.Hashtable', ['hashtable'], 'hashtable'),
  dictionary('System.Collections.IDictionary', [], 'System.Collections.IDictionary'),
  dictionary(
    'System.Collections.Specialized.OrderedDictionary',
    ['ordered'],
    'System.Collections.Specialized.OrderedDictionary',
  ),
  anything('System.Object', ['object'], 'object'),
  anything('System.Management.Automation.PSObject', ['psobject', 'pscustomobject', 'PSCustomObject'], 'psobject'),
  {
    ...TYPED_OBJECT,
    fullName: 'System.Management.Automation.ErrorRecord',
    aliases: [],
    powerShell: 'System.Management.Automation.ErrorRecord',
  },
  ...[
    ...['System.ConsoleColor', 'System.DayOfWeek', 'System.DateTimeKind', 'System.StringComparison'],
    ...['System.IO.FileMode', 'System.IO.FileAccess', 'System.IO.FileShare', 'System.IO.FileAttributes'],
    ...['System.Net.HttpStatusCode', 'System.Net.SecurityProtocolType', 'System.Diagnostics.TraceLevel'],
    ...['System.Management.Automation.ActionPreference', 'System.Management.Automation.ConfirmImpact'],
    ...['System.Management.Automation.ErrorCategory'],
  ].map(enumeration),
];

/** `byte[]`, the one array with a form of its own. */
export const BYTES: KnownType = scalar('System.Byte[]', 'byte[]', undefined);

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

/**
 * Types that PowerShell knows and whose values can't leave its process: what they hold is code, a handle, a key or a
 * connection. The second is what a help can ask for in place of one.
 */
export const CANNOT_CROSS: ReadonlyMap<string, string> = new Map([
  ...[
    ...['System.Management.Automation.ScriptBlock', 'System.Delegate', 'System.Action', 'System.Func', 'System.Type'],
    ...['System.Text.RegularExpressions.Regex', 'System.Text.Encoding'],
  ].map(name => [name, 'its text as String'] as const),
  ...[
    ...['System.IO.FileInfo', 'System.IO.DirectoryInfo', 'System.IO.FileSystemInfo', 'System.IO.Stream'],
    ...['System.IO.FileStream', 'System.IO.TextReader', 'System.IO.TextWriter', 'System.IO.StreamReader'],
    ...['System.IO.StreamWriter', 'System.IO.MemoryStream'],
  ].map(name => [name, 'a path as String'] as const),
  ...[
    ...['System.Security.Cryptography.X509Certificates.X509Certificate'],
    ...['System.Security.Cryptography.X509Certificates.X509Certificate2'],
  ].map(name => [name, 'a thumbprint as String'] as const),
  ...[
    ...['PSReference', 'PSVariable', 'PSModuleInfo', 'CommandInfo', 'Job', 'PSDriveInfo', 'PathInfo'],
    ...['Runspaces.PSSession', 'Runspaces.Runspace', 'Runspaces.RunspacePool', 'Host.PSHost', 'PowerShell'],
  ].map(name => [`System.Management.Automation.${name}`, 'a name or an id'] as const),
  ...['CimSession', 'CimInstance', 'CimClass'].map(
    name => [`Microsoft.Management.Infrastructure.${name}`, 'a name or an id'] as const,
  ),
  ...['System.Diagnostics.Process', 'System.ServiceProcess.ServiceController'].map(
    name => [name, 'a name or an id'] as const,
  ),
]);
