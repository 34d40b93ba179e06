// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { WireScalar } from 'ts-cmdlet';

/** The parameters of Connect-Shelf: one variant for each parameter set. */
export type ConnectShelfParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The address of the service. The key is sent over https only, or to this machine. */
  readonly Uri: WireScalar<'System.Uri'>;
  /** The key of the shelf, as a SecureString or as text. */
  readonly Key: string;
};

/** What ajv checks when parameters of Connect-Shelf arrive from PowerShell. */
export const ConnectShelfSchema = {
  $id: 'Connect-Shelf',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Uri: {
      type: 'object',
      properties: {
        $type: { const: 'System.Uri' },
        value: { type: 'string' },
      },
      required: ['$type', 'value'],
      additionalProperties: false,
    },
    Key: { type: 'string' },
  },
  required: ['parameterSetName', 'Uri', 'Key'],
  additionalProperties: false,
} as const;
