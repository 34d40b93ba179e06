import type { TypedObject } from 'ts-cmdlet';
import { AuthError } from '../auth/auth-error.ts';
import type { AccountKey } from '../auth/session.ts';
import { contextKey } from './request-validators.ts';

/** Which account a -Context is of; absent where none was passed. @throws AuthError `ContextInvalid` */
export function keyOfContext(context: TypedObject | undefined): AccountKey | undefined {
  if (context === undefined) return undefined;
  const value: unknown = context;
  if (!contextKey.accepts(value)) {
    throw new AuthError({
      code: 'ContextInvalid',
      message: 'The context has not all that tells one account from another.',
      recommendedAction: 'Pass an object as Get-SecMgmtContext returns it.',
      target: 'Context',
    });
  }
  const { Account, Environment } = value.properties;
  const { ObjectId, Identifier, Tenant, Type } = Account.properties;
  return {
    objectId: ObjectId,
    identifier: Identifier,
    tenant: Tenant,
    type: Type,
    environment: Environment.properties.EnvironmentName,
  };
}
