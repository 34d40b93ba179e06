import { managedIdentityRefusal, managedIdentityTokens } from './answer-validators.ts';
import { printableLine } from './refusal.ts';

const MAX_REASON = 500;

/** What a managed identity's endpoint answered: the body with its tokens, why it refused, or nothing that it answers with. */
export type ManagedIdentityAnswer =
  | { readonly tokens: unknown }
  | { readonly refusal: string }
  | { readonly fault: string };

/**
 * Reads an answer ("How to use managed identities for App Service", "… on an Azure VM to acquire an access token", "… with Azure
 * Arc-enabled servers"). Refusals come in three shapes.
 */
export function readManagedIdentityAnswer(status: number, body: string): ManagedIdentityAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { fault: `it answered ${status} and no JSON` };
  }
  if (status >= 200 && status < 300) {
    if (!managedIdentityTokens.accepts(value))
      return { fault: 'something is missing in its answer, or not of its kind' };
    return { tokens: value };
  }
  if (!managedIdentityRefusal.accepts(value)) return { fault: `it answered ${status} and gave no reason` };
  const { error, error_description, message } = value;
  const [code, words] = typeof error === 'object' ? [error.code, error.message] : [error, error_description ?? message];
  const reason = [code, words].filter(text => text !== undefined && text !== '').join(': ');
  return { refusal: printableLine(`${status} ${reason}`, MAX_REASON) };
}
