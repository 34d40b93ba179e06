import type { ScalarType } from '../schema/scalar-types.ts';

// Values as they cross between PowerShell and the core. JSON carries texts, truth values, numbers of up to 32 bits and
// of floating point that are finite, null, arrays and plain objects as they are; anything else is an object with `$type`
// (WireWriter.cs and WireReader.cs have the twin). A whole number of floating point comes to PowerShell as an
// integer, as far as JavaScript counts exactly (2^53 - 1): it does not tell the two apart. Beyond, it stays a Double.

export type { ScalarType } from '../schema/scalar-types.ts';

/** A value of a .NET type that JSON has nothing like, as text: see scalar-types.ts. */
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
export interface TypedObject<P = Readonly<Record<string, unknown>>> {
  readonly $type: 'PSObject';
  readonly $typeName: string;
  readonly properties: P;
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
