import type { AccountKey } from '../auth/session.ts';
import type { PassedContext } from './outputs.ts';

/** Which account a -Context is of; absent where none was passed. */
export function keyOfContext(context: PassedContext | undefined): AccountKey | undefined {
  if (context === undefined) return undefined;
  const { Account, Environment } = context.properties;
  const { ObjectId, Identifier, Tenant, Type } = Account.properties;
  return {
    objectId: ObjectId,
    identifier: Identifier,
    tenant: Tenant,
    type: Type,
    environment: Environment.properties.EnvironmentName,
  };
}
