// Values as they cross between PowerShell and the core. JSON carries strings, numbers, booleans, null, arrays and plain
// objects as they are; anything else is an object with `$type`, the .NET type's full name (ValuesToCore.ps1 and ValuesFromCore.ps1 have the twin).

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

/** A System.Collections.Hashtable with string keys. */
export interface Hashtable {
  readonly $type: 'System.Collections.Hashtable';
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Makes the wire form of a hashtable. */
export function hashtable(entries: Record<string, unknown> = {}): Hashtable {
  return { $type: 'System.Collections.Hashtable', entries };
}
