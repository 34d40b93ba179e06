import { AadstsRefusal } from './aadsts.ts';
import type { EntraEnvironment } from './environments.ts';

export const oidcScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** A request's `scope`, taken apart. */
export interface RequestedScope {
  /** The scopes of OpenID Connect in it. */
  readonly oidc: ReadonlySet<string>;
  /** The one resource it is about, as `https://host`: Microsoft Graph when it names none. */
  readonly resource: string;
  /** The resource's permissions in it, `.default` among them. */
  readonly permissions: readonly string[];
}

/** The resources that each tenant of a cloud knows, as `https://host`. */
export function resourcesOf(environment: EntraEnvironment): string[] {
  return [environment.graph, environment.management, environment.directoryGraph].map(host => `https://${host}`);
}

/**
 * Takes a `scope` apart ("Scopes and permissions in the Microsoft identity platform"). Refuses a resource that the cloud
 * does not have (500011) and a request for two resources at once (70011).
 */
export function parseScope(environment: EntraEnvironment, scope: string): RequestedScope {
  const oidc = new Set<string>();
  const permissions: string[] = [];
  const named = new Set<string>();
  for (const value of scope.split(' ').filter(Boolean)) {
    if (oidcScopes.includes(value)) {
      oidc.add(value);
      continue;
    }
    const slash = value.lastIndexOf('/');
    permissions.push(value.slice(slash + 1));
    named.add(slash < 0 ? `https://${environment.graph}` : value.slice(0, slash).replace(/\/+$/, ''));
  }
  if (named.size > 1) throw new AadstsRefusal(70011, { reason: 'the scopes are of several resources' });
  const [resource = `https://${environment.graph}`] = named;
  if (!resourcesOf(environment).includes(resource.toLowerCase())) throw new AadstsRefusal(500011, { reason: resource });
  return { oidc, resource: resource.toLowerCase(), permissions };
}

/** The scope as the token endpoint says it back: each permission under its resource, and `.default` where asked for. */
export function grantedScope(scope: RequestedScope, permissions: readonly string[]): string {
  const asked = scope.permissions.includes('.default') ? [...permissions, '.default'] : scope.permissions;
  const oidc = [...scope.oidc].filter(value => value !== 'offline_access');
  return [...oidc, ...asked.map(permission => `${scope.resource}/${permission}`)].join(' ');
}
