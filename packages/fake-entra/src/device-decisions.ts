import { AadstsRefusal } from './aadsts.ts';
import type { DeviceSignIn } from './device-sign-ins.ts';
import type { Directory, User } from './directory.ts';
import { parseScope } from './requested-scope.ts';
import { requestedApplication } from './requested-tenant.ts';

/** The person has signed in with the code: the next poll gets tokens of the tenant that was asked for, or the person's. */
export async function approveDeviceCode(directory: Directory, signIn: DeviceSignIn, user: User): Promise<void> {
  const { cloud, clientId, scope } = signIn;
  const tenant = signIn.named ?? directory.findTenant(cloud.environment.name, user.tenantId);
  if (tenant === undefined) throw new AadstsRefusal(50020);
  if (directory.findMember(user.objectId, tenant) === undefined) throw new AadstsRefusal(50020);
  const application = requestedApplication(directory, clientId, tenant);
  const record = undecided(signIn);
  const grantId = await cloud.grant({ tenant, user, clientId, scope });
  record.accountId = user.objectId;
  record.authTime = Math.floor(Date.now() / 1000);
  record.scope = cloud.providerScope(application, parseScope(cloud.environment, scope));
  record.resource = cloud.resources;
  record.grantId = grantId;
}

/** The person has said no: the next poll gets `authorization_declined`. */
export function declineDeviceCode(signIn: DeviceSignIn): void {
  undecided(signIn).error = 'access_denied';
}

/** The code's time is over: the next poll gets `expired_token`. */
export function expireDeviceCode({ cloud, deviceCode }: DeviceSignIn): void {
  const record = cloud.store.record('DeviceCode', deviceCode);
  if (record !== undefined) record.exp = Math.floor(Date.now() / 1000) - 1;
}

/** The provider's record of a code that nobody has answered yet. */
function undecided({ cloud, deviceCode }: DeviceSignIn) {
  const record = cloud.store.record('DeviceCode', deviceCode);
  if (record === undefined) throw new AadstsRefusal(70018);
  if (record.exp !== undefined && record.exp <= Date.now() / 1000) throw new AadstsRefusal(70019);
  if (record.grantId !== undefined || record.error !== undefined) throw new AadstsRefusal(90120);
  return record;
}
