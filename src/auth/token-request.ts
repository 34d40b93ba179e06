import { escapeHtml } from './flows/html-text.ts';

/** The fields of a request to an authority that are secrets, or as good as one. */
const secretFields = [
  'client_secret',
  'client_assertion',
  'refresh_token',
  'code',
  'code_verifier',
  'device_code',
  'assertion',
  'password',
];

// What MSAL adds that no sign-in needs: the library, the platform, and what happened in earlier requests (docs/sign-in.md:
// no telemetry).
const telemetry = /^x-client-|^x-app-(name|ver)$|^clidata$/i;

/** The secrets in a form, for taking them out of an answer that repeats them. */
export function secretsOf(form: URLSearchParams): string[] {
  return secretFields.flatMap(name => form.getAll(name)).filter(value => value !== '');
}

/** The text with every secret in it put out of sight, as it is or as it stands in a URL, a form, JSON or HTML. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap(writtenForms)
    .sort((left, right) => right.length - left.length)
    .reduce((redacted, secret) => redacted.replaceAll(secret, '[redacted]'), text);
}

/** The fields, headers or query parameters that go out: all but MSAL's telemetry. */
export function withoutTelemetry(entries: Iterable<[string, string]>): [string, string][] {
  return [...entries].filter(([name]) => !telemetry.test(name));
}

function writtenForms(secret: string): string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  return [
    ...new Set([secret, encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1), escapeHtml(secret)]),
  ];
}
