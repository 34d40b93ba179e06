import { dateTimeOffset, hashtable, type TypedObject } from 'ts-cmdlet';
import type { Connection } from '../auth/connection.ts';
import { MgmtAccount, MgmtContext, MgmtEnvironment } from './outputs.ts';

/** What the cmdlets return for an account: a MgmtContext (docs/sign-in.md, "What comes back"). */
export function mgmtContext({ context: { account, environment }, current }: Connection): TypedObject {
  return MgmtContext({
    Account: MgmtAccount({
      ObjectId: account.objectId,
      Identifier: account.identifier,
      Tenant: account.tenant,
      Type: account.type,
      ExtendedProperties: hashtable(),
    }),
    Environment: MgmtEnvironment({
      EnvironmentName: environment.name,
      ActiveDirectoryAuthority: environment.activeDirectoryAuthority,
      AzureAdGraphEndpoint: environment.azureAdGraphEndpoint,
      AzureEndpoint: environment.azureEndpoint,
      GraphEndpoint: environment.graphEndpoint,
      ExtendedProperties: hashtable(),
    }),
    ExtendedProperties: hashtable({
      Scopes: current.scopes,
      Roles: current.roles,
      ExpiresOn: dateTimeOffset(current.expiresOn),
    }),
  });
}
