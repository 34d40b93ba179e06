import type { AdapterPayload } from 'oidc-provider';
import { AadstsRefusal } from './aadsts.ts';
import type { AuthorityContext, Cloud } from './cloud.ts';
import type { Application, Tenant, User } from './directory.ts';
import type { GivenGrant } from './provider-store.ts';
import { parseScope, type RequestedScope } from './requested-scope.ts';
import { requiredField } from './required-field.ts';

export const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** A token request whose tenant, application and scope are known. */
export interface GrantRequest {
  readonly cloud: Cloud;
  readonly context: AuthorityContext;
  readonly form: URLSearchParams;
  readonly grantType: string;
  /** The tenant the path names. */
  readonly named: Tenant | undefined;
  readonly application: Application;
  readonly scope: RequestedScope;
}

/** What a provider is asked. */
export interface CheckedGrant {
  /** The tenant whose token it will be. */
  readonly tenant: Tenant;
  readonly user?: User;
  readonly asked: RequestedScope;
  /** The grant's own fields. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Checks what Entra ID has an AADSTS code of its own for; the provider checks all of the grant once more.
 * @throws AadstsRefusal
 */
export function checkGrant(request: GrantRequest): CheckedGrant {
  const { grantType } = request;
  if (grantType === 'client_credentials') return checkClientCredentials(request);
  if (grantType === 'authorization_code') return checkCode(request);
  if (grantType === 'refresh_token') return checkRefreshToken(request);
  if (grantType === deviceCodeGrant) return checkDeviceCode(request);
  throw new AadstsRefusal(70003, { reason: grantType });
}

function checkClientCredentials({ named, scope, application }: GrantRequest): CheckedGrant {
  if (named === undefined) throw new AadstsRefusal(50059);
  if (scope.permissions.join() !== '.default') throw new AadstsRefusal(1002012);
  return { tenant: named, asked: scope, parameters: { scope: application.delegatedPermissions.join(' ') } };
}

function checkCode(request: GrantRequest): CheckedGrant {
  const { cloud, form, named, application } = request;
  const code = requiredField(form, 'code');
  const redirectUri = requiredField(form, 'redirect_uri');
  const record = cloud.store.record('AuthorizationCode', code);
  if (record === undefined || record.clientId !== application.clientId) throw new AadstsRefusal(70000);
  if (record.consumed !== undefined) throw new AadstsRefusal(54005);
  if (isOver(record)) throw new AadstsRefusal(70008);
  const given = givenGrant(cloud, record);
  if (named !== undefined && named.id !== given.tenant.id) throw new AadstsRefusal(700005);
  if (record.redirectUri !== redirectUri) throw new AadstsRefusal(500112);
  const verifier = form.get('code_verifier');
  return granted(request, given, given.tenant, {
    code,
    redirect_uri: redirectUri,
    ...(verifier === null ? {} : { code_verifier: verifier }),
  });
}

function checkRefreshToken(request: GrantRequest): CheckedGrant {
  const { cloud, context, form, named, application } = request;
  const refreshToken = requiredField(form, 'refresh_token');
  const record = cloud.store.record('RefreshToken', refreshToken);
  if (record === undefined) throw new AadstsRefusal(9002313);
  if (record.clientId !== application.clientId) throw new AadstsRefusal(70000, { reason: 'of another application' });
  const refused = cloud.refusedRefreshTokens.get(refreshToken);
  if (refused !== undefined) throw new AadstsRefusal(refused);
  if (isOver(record)) throw new AadstsRefusal(700082);
  const given = givenGrant(cloud, record);
  const tenant = named ?? given.tenant;
  if (context.directory.findMember(given.user.objectId, tenant) === undefined) throw new AadstsRefusal(50020);
  return granted(request, given, tenant, { refresh_token: refreshToken });
}

function checkDeviceCode(request: GrantRequest): CheckedGrant {
  const { cloud, context, form, named, application } = request;
  const deviceCode = requiredField(form, 'device_code');
  const record = cloud.store.record('DeviceCode', deviceCode);
  const signIn = context.devices.findByDeviceCode(deviceCode);
  if (record === undefined || signIn === undefined || record.clientId !== application.clientId) {
    throw new AadstsRefusal(70018);
  }
  if (record.consumed !== undefined) throw new AadstsRefusal(70000, { reason: 'the device code was redeemed' });
  const parameters = { device_code: deviceCode };
  // Before the person has signed in, any tenant's provider knows that it is pending, declined or expired.
  if (record.grantId === undefined) {
    return { tenant: named ?? context.directory.tenantOf(cloud.environment.name), asked: request.scope, parameters };
  }
  const given = givenGrant(cloud, record);
  return granted(request, given, given.tenant, parameters);
}

/** A grant that a person gave, unless the person gets no token now. */
function granted(
  { cloud, form, scope, context, application }: GrantRequest,
  given: GivenGrant,
  tenant: Tenant,
  parameters: Readonly<Record<string, string>>,
): CheckedGrant {
  const { user } = given;
  if (user.blockedBy !== undefined) throw new AadstsRefusal(user.blockedBy);
  if (context.directory.findApplication(application.clientId, tenant) === undefined) throw new AadstsRefusal(700016);
  const asked = form.get('scope') === null ? parseScope(cloud.environment, given.scope) : scope;
  return { tenant, user, asked, parameters };
}

function givenGrant(cloud: Cloud, record: AdapterPayload): GivenGrant {
  const given = cloud.store.grants.get(record.grantId ?? '');
  if (given === undefined) throw new AadstsRefusal(70000);
  return given;
}

function isOver({ exp }: AdapterPayload): boolean {
  return exp !== undefined && exp <= Date.now() / 1000;
}
