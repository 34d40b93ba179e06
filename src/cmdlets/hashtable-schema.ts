import { type TProperties, Type } from 'typebox';

/** The schema of a hashtable that a function of the module's own PowerShell returns, by its entries. */
export function hashtableSchema<Entries extends TProperties>(entries: Entries) {
  return Type.Object({ $type: Type.Literal('System.Collections.Hashtable'), entries: Type.Object(entries) });
}
