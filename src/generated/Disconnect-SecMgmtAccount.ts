// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { ObjectOf } from 'ts-cmdlet';
import type { outputs } from '../cmdlets/outputs.ts';

/** The parameters of Disconnect-SecMgmtAccount: one variant for each parameter set. */
export type DisconnectSecMgmtAccountParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The context of the account to disconnect, as Get-SecMgmtContext -ListAvailable returns it. */
  readonly Context?: ObjectOf<typeof outputs, 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext'>;
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
      'x-typeName': 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext',
    },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
