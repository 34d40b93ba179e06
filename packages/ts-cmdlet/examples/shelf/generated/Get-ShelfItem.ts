// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { WireScalar } from 'ts-cmdlet';

/** The parameters of Get-ShelfItem: one variant for each parameter set. */
export type GetShelfItemParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The names of the items, or patterns such as *.txt. The default is all items. */
  readonly Name?: readonly string[];
  /**
   * Tells how many items there are before the first of them. With a pattern the number is not known, because the
   * service counts all that it has.
   */
  readonly IncludeTotalCount?: boolean;
  /** Passes over this many items first. */
  readonly Skip?: WireScalar<'System.UInt64'>;
  /** Gets only this many items. */
  readonly First?: WireScalar<'System.UInt64'>;
};

/** What ajv checks when parameters of Get-ShelfItem arrive from PowerShell. */
export const GetShelfItemSchema = {
  $id: 'Get-ShelfItem',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: {
      type: 'array',
      items: { type: 'string' },
    },
    IncludeTotalCount: { type: 'boolean' },
    Skip: {
      type: 'object',
      properties: {
        $type: { const: 'System.UInt64' },
        value: { type: 'string' },
      },
      required: ['$type', 'value'],
      additionalProperties: false,
    },
    First: {
      type: 'object',
      properties: {
        $type: { const: 'System.UInt64' },
        value: { type: 'string' },
      },
      required: ['$type', 'value'],
      additionalProperties: false,
    },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
