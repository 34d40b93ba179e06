import { declareOutput, type Hashtable, type ObjectOf, Type } from 'ts-cmdlet';

// What the cmdlets return for a context, by the names of OUTPUTS: the properties complete, and -Context is typed and checked by them.

const namespace = 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication';
const ExtendedProperties = Type.Unsafe<Hashtable>({});

export const MgmtAccount = declareOutput(`${namespace}.MgmtAccount`, {
  ObjectId: Type.String(),
  Identifier: Type.String(),
  Tenant: Type.String(),
  Type: Type.Union([
    Type.Literal('AccessToken'),
    Type.Literal('Certificate'),
    Type.Literal('ManagedService'),
    Type.Literal('ServicePrincipal'),
    Type.Literal('User'),
  ]),
  ExtendedProperties,
});

export const MgmtEnvironment = declareOutput(`${namespace}.MgmtEnvironment`, {
  EnvironmentName: Type.String(),
  ActiveDirectoryAuthority: Type.String(),
  AzureAdGraphEndpoint: Type.String(),
  AzureEndpoint: Type.String(),
  GraphEndpoint: Type.String(),
  ExtendedProperties,
});

export const MgmtContext = declareOutput(`${namespace}.MgmtContext`, {
  Account: MgmtAccount.type,
  Environment: MgmtEnvironment.type,
  ExtendedProperties,
});

export const outputs = [MgmtContext, MgmtAccount, MgmtEnvironment] as const;

/** A MgmtContext as -Context takes it. */
export type PassedContext = ObjectOf<typeof outputs, typeof MgmtContext.typeName>;
