/** How a type crosses that JSON has nothing like: as text, beside the type's name. */
export interface ScalarForm {
  /** The text, in invariant culture. */
  readonly text: RegExp;
  /** PowerShell's short name. */
  readonly alias?: string;
  /** What an accepted value looks like in a page of help: any text where absent, and null where the type can have none. */
  readonly acceptedValue?: RegExp | null;
  /** Whether it is one of .NET's value types. */
  readonly isValueType?: true;
}

const integer = /^-?\d+$/;

/**
 * The one table of these types, by their full names: parameters, handlers and PowerShell's side (ScalarTypes.cs) have theirs
 * from it. A type whose text is its ToString in invariant culture, and that PowerShell converts from that, is one line.
 */
export const SCALAR_TYPES = {
  'System.Int64': { text: integer, alias: 'long', acceptedValue: integer, isValueType: true },
  'System.UInt64': { text: /^\d+$/, alias: 'ulong', acceptedValue: integer, isValueType: true },
  'System.Decimal': {
    text: /^-?\d+(\.\d+)?$/,
    alias: 'decimal',
    acceptedValue: /^-?\d+(\.\d+)?$/,
    isValueType: true,
  },
  'System.Numerics.BigInteger': { text: integer, alias: 'bigint', acceptedValue: integer, isValueType: true },
  /** Round-trip format `o`; the kind is UTC with a `Z`, local with an offset, and unspecified with neither. */
  'System.DateTime': {
    text: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/,
    alias: 'datetime',
    isValueType: true,
  },
  'System.DateTimeOffset': {
    text: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$/,
    isValueType: true,
  },
  /** Constant format `c`: `[-][d.]hh:mm:ss[.fffffff]`. */
  'System.TimeSpan': { text: /^-?(\d+\.)?\d\d:\d\d:\d\d(\.\d{7})?$/, alias: 'timespan', isValueType: true },
  'System.Guid': { text: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, alias: 'guid', isValueType: true },
  'System.Uri': { text: /^/, alias: 'uri' },
  'System.Version': { text: /^\d+(\.\d+){1,3}$/, alias: 'version' },
  'System.Management.Automation.SemanticVersion': { text: /^\d/, alias: 'semver' },
  'System.Net.IPAddress': { text: /^[\d.:a-f%]+/i, alias: 'ipaddress' },
  'System.Net.Mail.MailAddress': { text: /@/, alias: 'mailaddress' },
  /** The culture's name. */
  'System.Globalization.CultureInfo': { text: /^/, alias: 'cultureinfo' },
  'System.Xml.XmlDocument': { text: /^\s*</, alias: 'xml', acceptedValue: null },
  /** The text itself, in clear: it must never be written anywhere. */
  'System.Security.SecureString': { text: /^/, alias: 'securestring', acceptedValue: null },
  /** Base64. */
  'System.Byte[]': { text: /^[\w+/]*={0,2}$/, alias: 'byte[]', acceptedValue: null },
  /** For NaN, Infinity and -Infinity, which JSON has no form for; a handler sees and writes them as numbers. */
  'System.Double': { text: /^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/i, isValueType: true },
} as const satisfies Readonly<Record<string, ScalarForm>>;

export type ScalarType = keyof typeof SCALAR_TYPES;
