import { type AadstsRefusal, errorFields } from './aadsts.ts';
import type { Redirect } from './authorization-request.ts';
import type { Clock } from './clock.ts';
import { type HttpRequest, type HttpResponse, htmlResponse } from './http-message.ts';
import { formPostPage } from './pages.ts';

/** Sends the fields to the redirect URI: in its query, its fragment, or a form ("OAuth 2.0 Form Post Response Mode"). */
export function redirectWith(
  { redirectUri, responseMode, state }: Redirect,
  fields: Readonly<Record<string, string | undefined>>,
): HttpResponse {
  const answer = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...fields, state })) if (value !== undefined) answer.set(name, value);
  if (responseMode === 'form_post') return htmlResponse(200, formPostPage(redirectUri, answer));
  const url = new URL(redirectUri);
  if (responseMode === 'fragment') url.hash = answer.toString();
  else for (const [name, value] of answer) url.searchParams.set(name, value);
  return htmlResponse(302, '', { location: url.href });
}

/** Tells the application that it gets no code (RFC 6749, 4.1.2.1). */
export function redirectRefusal(
  request: HttpRequest,
  clock: Clock,
  redirect: Redirect,
  { code, detail }: AadstsRefusal,
): HttpResponse {
  const fields = errorFields(request, clock, code, detail);
  const { error, error_description, error_uri, suberror, claims } = fields;
  return redirectWith(redirect, { error, error_description, error_uri, suberror, claims });
}
