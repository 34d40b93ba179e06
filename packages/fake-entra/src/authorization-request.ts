import { AadstsRefusal } from './aadsts.ts';
import type { AuthorityContext, Cloud } from './cloud.ts';
import type { Application, Tenant } from './directory.ts';
import { formOf, type HttpRequest } from './http-message.ts';
import { parseScope, type RequestedScope } from './requested-scope.ts';
import { requestedApplication, requestedTenant } from './requested-tenant.ts';
import { requiredField } from './required-field.ts';

export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Where the answer to an authorization request goes, and how. */
export interface Redirect {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** An authorization request that has been checked (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export interface AuthorizationRequest extends Redirect {
  readonly application: Application;
  /** The tenant that the path names. */
  readonly named: Tenant | undefined;
  /** The request's `scope` as it was, and taken apart. */
  readonly sentScope: string;
  readonly scope: RequestedScope;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly prompt: string;
  readonly loginHint: string;
  /** Whether `client_info` was asked for. */
  readonly clientInfo: boolean;
}

/** A refusal that is told to the application, at its redirect URI. */
export class RedirectedRefusal extends Error {
  readonly refusal: AadstsRefusal;
  readonly redirect: Redirect;

  constructor(refusal: AadstsRefusal, redirect: Redirect) {
    super(refusal.message);
    this.refusal = refusal;
    this.redirect = redirect;
  }
}

/**
 * Reads and checks `/{tenant}/oauth2/v2.0/authorize`'s parameters.
 * @throws AadstsRefusal for the person to see, where the redirect URI is not to be trusted (RFC 6749, 4.1.2.1).
 * @throws RedirectedRefusal for the application.
 */
export function readAuthorizationRequest(
  request: HttpRequest,
  tenantName: string,
  { environment }: Cloud,
  { directory }: AuthorityContext,
): AuthorizationRequest {
  const fields = request.method === 'POST' ? formOf(request) : request.query;
  const named = requestedTenant(environment, directory, tenantName);
  const application = requestedApplication(directory, requiredField(fields, 'client_id'), named);
  const redirectUri = requiredField(fields, 'redirect_uri');
  if (!isRegistered(application, redirectUri)) throw new AadstsRefusal(50011, { reason: redirectUri });
  const redirect = { redirectUri, responseMode: responseModeOf(fields), state: fields.get('state') ?? undefined };
  try {
    const sentScope = requiredField(fields, 'scope');
    return {
      ...redirect,
      application,
      named,
      sentScope,
      scope: parseScope(environment, sentScope),
      nonce: fields.get('nonce') ?? undefined,
      codeChallenge: codeChallengeOf(fields),
      prompt: fields.get('prompt') ?? '',
      loginHint: fields.get('login_hint') ?? '',
      clientInfo: fields.get('client_info') === '1',
    };
  } catch (error) {
    throw error instanceof AadstsRefusal ? new RedirectedRefusal(error, redirect) : error;
  }
}

function responseModeOf(fields: URLSearchParams): ResponseMode {
  const mode = fields.get('response_mode') ?? 'query';
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode;
  throw new AadstsRefusal(70007, { reason: mode });
}

function codeChallengeOf(fields: URLSearchParams): string | undefined {
  if (requiredField(fields, 'response_type') !== 'code') throw new AadstsRefusal(700054);
  const challenge = fields.get('code_challenge') ?? undefined;
  const method = fields.get('code_challenge_method');
  if (challenge === undefined && method === null) return undefined;
  // 32 bytes of SHA-256 as base64url (RFC 7636, 4.2). Entra ID takes `plain` too, which nobody should send.
  if (method !== 'S256' || !/^[\w-]{43}$/.test(challenge ?? '')) throw new AadstsRefusal(501491);
  return challenge;
}

/** Whether the redirect URI is one of the application's; a loopback address may have any port (RFC 8252, 7.3). */
function isRegistered(application: Application, redirectUri: string): boolean {
  const wanted = comparable(redirectUri);
  return wanted !== undefined && application.redirectUris.some(uri => comparable(uri) === wanted);
}

function comparable(uri: string): string | undefined {
  const url = URL.parse(uri);
  if (url === null || url.hash !== '') return undefined;
  if (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) url.port = '';
  return url.href;
}
