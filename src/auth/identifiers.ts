import { AuthError } from './auth-error.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// A tenant stands in the path of the authority's URLs, so nothing but a GUID or a domain name may pass.
const domainName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Tells whether a text is a GUID in its plain form. */
export function isGuid(text: string): boolean {
  return guid.test(text.toLowerCase());
}

/** Gives an application (client) id in lower case and without braces. Throws `InvalidApplicationId` for anything else. */
export function normalizeApplicationId(text: string): string {
  const trimmed = text.trim().toLowerCase();
  const id = trimmed.startsWith('{') && trimmed.endsWith('}') ? trimmed.slice(1, -1) : trimmed;
  if (guid.test(id)) return id;
  throw new AuthError({
    code: 'InvalidApplicationId',
    message: `The application id '${text}' is not a GUID.`,
    recommendedAction:
      'Pass the application (client) id that the app registration shows, such as 00001111-aaaa-2222-bbbb-3333cccc4444.',
    target: text,
  });
}

/** Gives a tenant's id or domain name in lower case. Throws `InvalidTenant` for what can be neither. */
export function normalizeTenant(text: string): string {
  const tenant = text.trim().toLowerCase();
  if (domainName.test(tenant)) return tenant;
  throw new AuthError({
    code: 'InvalidTenant',
    message: `The tenant '${text}' is neither a tenant id nor a domain name.`,
    recommendedAction: 'Pass the tenant id (a GUID) or a domain of the tenant, such as contoso.onmicrosoft.com.',
    target: text,
  });
}

/**
 * Gives a certificate's thumbprint as 40 upper-case hexadecimal digits. Blanks, colons and the invisible marks that
 * come along when it is copied from a dialog are dropped. Throws `InvalidCertificateThumbprint` for anything else.
 */
export function normalizeThumbprint(text: string): string {
  const digits = text.replace(/[\s:\u200e\u200f\ufeff]/g, '').toUpperCase();
  if (/^[0-9A-F]{40}$/.test(digits)) return digits;
  throw new AuthError({
    code: 'InvalidCertificateThumbprint',
    message: `The certificate thumbprint '${text}' is not a SHA-1 thumbprint, which is 40 hexadecimal digits.`,
    recommendedAction: 'Pass the Thumbprint property of the certificate as the certificate store shows it.',
    target: text,
  });
}
