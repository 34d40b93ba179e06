// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { WireScalar } from 'ts-cmdlet';

/** The parameters of Get-ProbePage: one variant for each parameter set. */
export type GetProbePageParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** Asks for the number of all. */
  readonly IncludeTotalCount?: boolean;
  /** How many to leave out. */
  readonly Skip?: WireScalar<'System.UInt64'>;
  /** How many to give. */
  readonly First?: WireScalar<'System.UInt64'>;
};

/** What ajv checks when parameters of Get-ProbePage arrive from PowerShell. */
export const GetProbePageSchema = {
  $id: 'Get-ProbePage',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
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
