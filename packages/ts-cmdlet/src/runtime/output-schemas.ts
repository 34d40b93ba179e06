import * as typebox from 'typebox';

/**
 * What the properties of an output are declared with: TypeBox's own `Type`, and no more of it. Whatever stands here is in each
 * core, and all of TypeBox would be as large as everything else.
 */
export const Type = {
  Array: typebox.Array,
  BigInt: typebox.BigInt,
  Boolean: typebox.Boolean,
  Integer: typebox.Integer,
  Literal: typebox.Literal,
  Null: typebox.Null,
  Number: typebox.Number,
  Object: typebox.Object,
  Optional: typebox.Optional,
  String: typebox.String,
  Union: typebox.Union,
  Unknown: typebox.Unknown,
  Unsafe: typebox.Unsafe,
} as const;
