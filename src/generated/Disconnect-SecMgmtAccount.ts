// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { TypedObject } from 'ts-cmdlet';

/** The parameters of Disconnect-SecMgmtAccount: one variant for each parameter set. */
export type DisconnectSecMgmtAccountParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The context of the account to disconnect, as Get-SecMgmtContext -ListAvailable returns it. */
  readonly Context?: TypedObject;
};

/** What ajv checks when parameters of Disconnect-SecMgmtAccount arrive from PowerShell. */
export const DisconnectSecMgmtAccountSchema = {
  $id: 'Disconnect-SecMgmtAccount',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Context: {
      type: 'object',
      properties: {
        $type: { const: 'PSObject' },
        $typeName: { type: 'string' },
        properties: { type: 'object' },
      },
      required: ['$type', '$typeName', 'properties'],
      additionalProperties: false,
    },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
