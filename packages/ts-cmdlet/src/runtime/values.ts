// Values as they cross between PowerShell and the core. JSON carries texts, truth values, numbers of up to 32 bits and
// of floating point that are finite, null, arrays and plain objects as they are; anything else is an object with `$type`
// (WireWriter.cs and WireReader.cs have the twin). A whole number of floating point comes to PowerShell as an
// integer, as far as JavaScript counts exactly (2^53 - 1): it does not tell the two apart. Beyond, it stays a Double.

/** The .NET types that cross as text, and what the text is, in invariant culture. */
export const SCALAR_TYPES = {
  'System.Int64': /^-?\d+$/,
  'System.UInt64': /^\d+$/,
  /** For NaN, Infinity and -Infinity, which JSON has no form for; a handler sees and writes them as numbers. */
  'System.Double': /^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/i,
  'System.Decimal': /^-?\d+(\.\d+)?$/,
  'System.Numerics.BigInteger': /^-?\d+$/,
  /** Round-trip format `o`; the kind is UTC with a `Z`, local with an offset, and unspecified with neither. */
  'System.DateTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/,
  'System.DateTimeOffset': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$/,
  /** Constant format `c`: `[-][d.]hh:mm:ss[.fffffff]`. */
  'System.TimeSpan': /^-?(\d+\.)?\d\d:\d\d:\d\d(\.\d{7})?$/,
  'System.Guid': /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  'System.Uri': /^/,
  'System.Version': /^\d+(\.\d+){1,3}$/,
  'System.Management.Automation.SemanticVersion': /^\d/,
  'System.Net.IPAddress': /^[\d.:a-f%]+/i,
  'System.Net.Mail.MailAddress': /@/,
  /** The culture's name. */
  'System.Globalization.CultureInfo': /^/,
  /** Base64. */
  'System.Byte[]': /^[\w+/]*={0,2}$/,
  /** The text itself, in clear: it must never be written anywhere. */
  'System.Security.SecureString': /^/,
  'System.Xml.XmlDocument': /^\s*</,
} as const;

export type ScalarType = keyof typeof SCALAR_TYPES;

/** A value of a .NET type that JSON has nothing like, as text: see `SCALAR_TYPES`. */
export interface WireScalar<T extends string> {
  readonly $type: T;
  readonly value: string;
}

/** Makes the wire form of such a value, such as `wireScalar('System.Decimal', '1.50')`. */
export function wireScalar<T extends ScalarType>(type: T, value: string): WireScalar<T> {
  return { $type: type, value };
}

/** A System.Management.Automation.PSCredential. The password is in clear: it must never be written anywhere. */
export interface PSCredential {
  readonly $type: 'System.Management.Automation.PSCredential';
  readonly userName: string;
  readonly password: string;
}

/**
 * A PowerShell object with a type name of its own: `properties` become note properties, and `$typeName` goes first in
 * `PSObject.TypeNames`, which is what format files go by.
 */
export interface TypedObject {
  readonly $type: 'PSObject';
  readonly $typeName: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Makes the wire form of an object with a type name, such as `Contoso.Widget`. */
export function typedObject(typeName: string, properties: Record<string, unknown>): TypedObject {
  return { $type: 'PSObject', $typeName: typeName, properties };
}

/** A System.Collections.Hashtable with keys of text. PowerShell does not tell their case apart. */
export interface Hashtable {
  readonly $type: 'System.Collections.Hashtable';
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Makes the wire form of a hashtable. */
export function hashtable(entries: Record<string, unknown> = {}): Hashtable {
  return { $type: 'System.Collections.Hashtable', entries };
}
