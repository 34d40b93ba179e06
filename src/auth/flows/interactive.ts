import { randomUUID } from 'node:crypto';
import {
  type AuthenticationResult,
  type ConfidentialClientApplication,
  CryptoProvider,
  type PublicClientApplication,
} from '@azure/msal-node';
import { AuthError } from '../auth-error.ts';
import { authorityError } from '../authority/error.ts';
import type { AuthorityRefusal } from '../authority/messages.ts';
import { personClaim } from '../claims.ts';
import type { SignInCall } from '../sign-in-call.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import { withoutTelemetry } from '../token-request.ts';
import { waitFor } from '../wait-for.ts';
import { openBrowser } from './browser.ts';
import { type AuthorizationAnswer, listenForAnswer } from './loopback-server.ts';

/** How long a person may take in the browser. */
const TIME_LIMIT_SECONDS = 300;
const ACTIVITY = 'Sign in to the Microsoft cloud';

/**
 * Signs a person in with the system browser: authorization code with PKCE, answered on a loopback port (RFC 8252,
 * section 7.3). Gives nothing when there is no browser to open; `whyNot` then says why.
 *
 * @param environment what chooses the browser
 */
export async function interactiveFlow(
  client: PublicClientApplication | ConfidentialClientApplication,
  request: SignInRequest,
  call: SignInCall,
  environment: NodeJS.ProcessEnv,
): Promise<AuthenticationResult | { readonly whyNot: string }> {
  const crypto = new CryptoProvider();
  const { verifier, challenge } = await crypto.generatePkceCodes();
  const state = randomUUID();
  const nonce = randomUUID();
  await using server = await listenForAnswer(state);
  const scopes = request.scope.split(' ');
  const redirectUri = server.redirectUri;
  const authorizeUrl = await client.getAuthCodeUrl({
    scopes,
    redirectUri,
    responseMode: 'form_post',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    prompt: 'select_account',
    state,
    nonce,
  });
  const page = withoutTelemetryParameters(authorizeUrl);
  const { once, lasting } = server.redirectTo(page);
  // For a browser or a profile that the opener does not choose.
  call.verbose(`The sign-in page, to be opened in any browser on this computer: ${page}`);
  call.verbose(`Waiting for the browser's answer on ${redirectUri}. -UseDeviceAuthentication needs no browser here.`);

  const answer = await waitFor(Promise.race([server.answer, failureOf(once, environment)]), call, {
    activity: ACTIVITY,
    // The page's own address has some 800 characters, of which a line of progress shows a part.
    status: `Go to ${lasting} where no browser window has opened`,
    seconds: TIME_LIMIT_SECONDS,
    timedOut,
  });
  if (typeof answer === 'string') return { whyNot: answer };
  try {
    const code = codeOf(answer, request);
    const result = await client.acquireTokenByCode(
      { code, scopes, redirectUri, codeVerifier: verifier, state, nonce },
      { code, state: answer.get('state') ?? '' },
    );
    const person = personClaim({ ...result.idTokenClaims }) || 'a user';
    await server.reply({ succeeded: true, message: `You are signed in as ${person}.` });
    return result;
  } catch (error) {
    await server.reply({ succeeded: false, message: 'PowerShell tells what went wrong.' });
    throw error;
  }
}

/** Opens the page; resolves with why that failed, whenever it does. Where it works the answer comes from the browser. */
async function failureOf(page: string, environment: NodeJS.ProcessEnv): Promise<string> {
  return (await openBrowser(page, environment)) ?? (await new Promise<never>(() => {}));
}

function codeOf(answer: AuthorizationAnswer, request: SignInRequest): string {
  const error = answer.get('error');
  if (error !== undefined) throw authorityError(refusalOf(error, answer), request);
  const code = answer.get('code');
  if (code !== undefined && code !== '') return code;
  throw new AuthError({
    code: 'BrowserAnswerInvalid',
    message: 'What the browser brought back has neither a code nor an error.',
    recommendedAction: 'Connect again, or with -UseDeviceAuthentication.',
    target: request.tenant,
  });
}

function refusalOf(error: string, answer: AuthorizationAnswer): AuthorityRefusal {
  const description = answer.get('error_description') ?? '';
  const idAfter = (label: string) => new RegExp(`${label}: ([0-9a-fA-F-]{36})`).exec(description)?.[1];
  const timestamp = /Timestamp: (\S+ \S+Z)/.exec(description)?.[1];
  const [correlationId, traceId] = [idAfter('Correlation ID'), idAfter('Trace ID')];
  return {
    error,
    error_description: description,
    ...(correlationId !== undefined && { correlation_id: correlationId }),
    ...(traceId !== undefined && { trace_id: traceId }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function withoutTelemetryParameters(text: string): string {
  const url = new URL(text);
  url.search = new URLSearchParams(withoutTelemetry(url.searchParams)).toString();
  return url.href;
}

function timedOut(): AuthError {
  return new AuthError({
    code: 'SignInTimedOut',
    message: `The browser brought no answer within ${TIME_LIMIT_SECONDS / 60} minutes.`,
    recommendedAction: 'Connect again and finish in the browser, or connect with -UseDeviceAuthentication.',
    target: 'browser',
  });
}
