import { AuthError } from './auth-error.ts';
import { pastedGuid, pastedName, shownValue } from './pasted-text.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// A tenant stands in the path of the authority's URLs, so nothing but a GUID or a domain name may pass.
const domainName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const resourceId =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourcegroups\/[^/]{1,90}\/providers\/microsoft\.managedidentity\/userassignedidentities\/[\w-]{1,128}$/i;

/** Tells whether a text is a GUID in its plain form. */
export function isGuid(text: string): boolean {
  return guid.test(text.toLowerCase());
}

/** Tells whether a tenant is none of its own but stands for any ("Microsoft identity platform", endpoints). */
export function isAnyTenant(tenant: string): boolean {
  return ['common', 'organizations', 'consumers'].includes(tenant);
}

// What a wrong value may look like and still be shown. No token fits these, and no secret that Entra ID makes (it has a
// tilde).
const likeGuid = /^[0-9a-f{}() -]{1,50}$/i;
const likeTenant = /^(?=.{1,100}$)(?!eyJ)[a-z0-9 _@:/\\-]{1,63}(\.[a-z0-9 _@:/\\-]{0,63}){0,5}$/i;
const likeThumbprint = /^[0-9a-f :.-]{1,200}$/i;

/** Gives an application (client) id in lower case and without braces. Throws `InvalidApplicationId` for anything else. */
export function normalizeApplicationId(text: string): string {
  const id = pastedGuid(text);
  if (guid.test(id)) return id;
  throw new AuthError({
    code: 'InvalidApplicationId',
    message: `The application id ${shownValue(id, likeGuid)} is not a GUID.`,
    recommendedAction:
      'Pass the application (client) id that the app registration shows, such as 00001111-aaaa-2222-bbbb-3333cccc4444.',
    target: likeGuid.test(id) ? id : 'ApplicationId',
  });
}

/** Gives an object id in lower case and without braces. Throws `InvalidObjectId` for anything else. */
export function normalizeObjectId(text: string): string {
  const id = pastedGuid(text);
  if (guid.test(id)) return id;
  throw new AuthError({
    code: 'InvalidObjectId',
    message: `The object id ${shownValue(id, likeGuid)} is not a GUID.`,
    recommendedAction: 'Pass the object (principal) id that the page of the managed identity shows.',
    target: likeGuid.test(id) ? id : 'ObjectId',
  });
}

/** Gives the Azure resource id of a managed identity. Throws `InvalidResourceId` for anything else. */
export function normalizeResourceId(text: string): string {
  const id = pastedName(text);
  if (resourceId.test(id)) return id;
  throw new AuthError({
    code: 'InvalidResourceId',
    message: `The resource id (${id.length} characters, not shown) is none of a managed identity.`,
    recommendedAction:
      'Pass it as /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME.',
    target: 'ResourceId',
  });
}

/** Gives a tenant's id or domain name in lower case. Throws `InvalidTenant` for what can be neither. */
export function normalizeTenant(text: string): string {
  const tenant = pastedName(text).toLowerCase();
  if (domainName.test(tenant)) return tenant;
  const id = pastedGuid(text);
  if (guid.test(id)) return id;
  throw new AuthError({
    code: 'InvalidTenant',
    message: `The tenant ${shownValue(tenant, likeTenant)} is neither a tenant id nor a domain name.`,
    recommendedAction: 'Pass the tenant id (a GUID) or a domain of the tenant, such as contoso.onmicrosoft.com.',
    target: likeTenant.test(tenant) ? tenant : 'Tenant',
  });
}

/**
 * Gives a certificate's thumbprint as 40 upper-case hexadecimal digits. White space, colons and hyphens between them are
 * dropped. Throws `InvalidCertificateThumbprint` for anything else.
 */
export function normalizeThumbprint(text: string): string {
  const thumbprint = pastedName(text);
  const digits = thumbprint.replaceAll(/[\s:-]/g, '').toUpperCase();
  if (/^[0-9A-F]{40}$/.test(digits)) return digits;
  throw new AuthError({
    code: 'InvalidCertificateThumbprint',
    message: `The certificate thumbprint ${shownValue(thumbprint, likeThumbprint)} is not a SHA-1 thumbprint, which is 40 hexadecimal digits.`,
    recommendedAction: 'Pass the Thumbprint property of the certificate as the certificate store shows it.',
    target: likeThumbprint.test(thumbprint) ? thumbprint : 'CertificateThumbprint',
  });
}
