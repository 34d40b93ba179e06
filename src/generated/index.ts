// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type ConnectSecMgmtAccountParameters, ConnectSecMgmtAccountSchema } from './Connect-SecMgmtAccount.ts';
import { type ConnectSecMgmtWorkloadParameters, ConnectSecMgmtWorkloadSchema } from './Connect-SecMgmtWorkload.ts';
import {
  type DisconnectSecMgmtAccountParameters,
  DisconnectSecMgmtAccountSchema,
} from './Disconnect-SecMgmtAccount.ts';
import { type GetSecMgmtContextParameters, GetSecMgmtContextSchema } from './Get-SecMgmtContext.ts';
import { type InvokeSecMgmtRequestParameters, InvokeSecMgmtRequestSchema } from './Invoke-SecMgmtRequest.ts';
import { type NewSecMgmtAccessTokenParameters, NewSecMgmtAccessTokenSchema } from './New-SecMgmtAccessToken.ts';
import { type ResolveSecMgmtErrorParameters, ResolveSecMgmtErrorSchema } from './Resolve-SecMgmtError.ts';
import { type SelectSecMgmtContextParameters, SelectSecMgmtContextSchema } from './Select-SecMgmtContext.ts';

export type { ConnectSecMgmtAccountParameters } from './Connect-SecMgmtAccount.ts';
export type { ConnectSecMgmtWorkloadParameters } from './Connect-SecMgmtWorkload.ts';
export type { DisconnectSecMgmtAccountParameters } from './Disconnect-SecMgmtAccount.ts';
export type { GetSecMgmtContextParameters } from './Get-SecMgmtContext.ts';
export type { InvokeSecMgmtRequestParameters } from './Invoke-SecMgmtRequest.ts';
export type { NewSecMgmtAccessTokenParameters } from './New-SecMgmtAccessToken.ts';
export type { ResolveSecMgmtErrorParameters } from './Resolve-SecMgmtError.ts';
export type { SelectSecMgmtContextParameters } from './Select-SecMgmtContext.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Connect-SecMgmtAccount': ConnectSecMgmtAccountParameters;
  'Connect-SecMgmtWorkload': ConnectSecMgmtWorkloadParameters;
  'Disconnect-SecMgmtAccount': DisconnectSecMgmtAccountParameters;
  'Get-SecMgmtContext': GetSecMgmtContextParameters;
  'Invoke-SecMgmtRequest': InvokeSecMgmtRequestParameters;
  'New-SecMgmtAccessToken': NewSecMgmtAccessTokenParameters;
  'Resolve-SecMgmtError': ResolveSecMgmtErrorParameters;
  'Select-SecMgmtContext': SelectSecMgmtContextParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Connect-SecMgmtAccount': ConnectSecMgmtAccountSchema,
  'Connect-SecMgmtWorkload': ConnectSecMgmtWorkloadSchema,
  'Disconnect-SecMgmtAccount': DisconnectSecMgmtAccountSchema,
  'Get-SecMgmtContext': GetSecMgmtContextSchema,
  'Invoke-SecMgmtRequest': InvokeSecMgmtRequestSchema,
  'New-SecMgmtAccessToken': NewSecMgmtAccessTokenSchema,
  'Resolve-SecMgmtError': ResolveSecMgmtErrorSchema,
  'Select-SecMgmtContext': SelectSecMgmtContextSchema,
};
