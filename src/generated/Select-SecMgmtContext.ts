// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { ObjectOf } from 'ts-cmdlet';
import type { outputs } from '../cmdlets/outputs.ts';

/** The parameters of Select-SecMgmtContext: one variant for each parameter set. */
export type SelectSecMgmtContextParameters =
  | {
      readonly parameterSetName: 'Context';
      /** The context of the account, as Get-SecMgmtContext -ListAvailable returns it. */
      readonly Context: ObjectOf<typeof outputs, 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext'>;
    }
  | {
      readonly parameterSetName: 'Account';
      /** The name, the application identifier or the object identifier of the account. */
      readonly Account: string;
      /** Identifier of the tenant, where the account is connected in several. */
      readonly Tenant?: string;
    };

/** What ajv checks when parameters of Select-SecMgmtContext arrive from PowerShell. */
export const SelectSecMgmtContextSchema = {
  $id: 'Select-SecMgmtContext',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'Context' },
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
      required: ['parameterSetName', 'Context'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'Account' },
        Account: { type: 'string' },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'Account'],
      additionalProperties: false,
    },
  ],
} as const;
