import { dateTimeOffset, declareOutput, type Hashtable, hashtable, Type, type TypedObject } from 'ts-cmdlet';
import type { Connection } from '../auth/connection.ts';

const namespace = 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication';
const ExtendedProperties = Type.Unsafe<Hashtable>({});

const MgmtAccount = declareOutput(`${namespace}.MgmtAccount`, {
  ObjectId: Type.String(),
  Identifier: Type.String(),
  Tenant: Type.String(),
  Type: Type.String(),
  ExtendedProperties,
});

const MgmtEnvironment = declareOutput(`${namespace}.MgmtEnvironment`, {
  EnvironmentName: Type.String(),
  ActiveDirectoryAuthority: Type.String(),
  AzureAdGraphEndpoint: Type.String(),
  AzureEndpoint: Type.String(),
  GraphEndpoint: Type.String(),
  ExtendedProperties,
});

const MgmtContext = declareOutput(`${namespace}.MgmtContext`, {
  Account: MgmtAccount.type,
  Environment: MgmtEnvironment.type,
  ExtendedProperties,
});

/** The types of what the cmdlets return for a context, by which their properties complete. */
export const contextOutputs = [MgmtContext, MgmtAccount, MgmtEnvironment];

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
