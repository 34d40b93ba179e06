import {
  Array,
  BigInt,
  Boolean,
  Integer,
  Literal,
  Null,
  Number,
  Object,
  Optional,
  Record,
  String,
  Union,
  Unknown,
  Unsafe,
} from 'typebox';

/**
 * What the properties of an output are declared with, as TypeBox's own `Type`, and no more of it: whatever stands here is in
 * each core, and all of TypeBox would be twice the size of what else there is.
 */
export const Type = {
  Array,
  BigInt,
  Boolean,
  Integer,
  Literal,
  Null,
  Number,
  Object,
  Optional,
  Record,
  String,
  Union,
  Unknown,
  Unsafe,
} as const;
