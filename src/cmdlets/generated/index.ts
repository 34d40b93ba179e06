// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type ConnectSecMgmtAccountParameters, ConnectSecMgmtAccountSchema } from './Connect-SecMgmtAccount.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Connect-SecMgmtAccount': ConnectSecMgmtAccountParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Connect-SecMgmtAccount': ConnectSecMgmtAccountSchema,
};
