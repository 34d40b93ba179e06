import type { AadstsCode } from './aadsts.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import type { DeviceSignIns } from './device-sign-ins.ts';
import type { Application, Tenant } from './directory.ts';
import type { EntraEnvironment } from './environments.ts';
import { ProviderEndpoint } from './provider-request.ts';
import { type GivenGrant, ProviderStore } from './provider-store.ts';
import { oidcScopes, type RequestedScope, resourcesOf } from './requested-scope.ts';
import type { SignInFlows } from './sign-in-flows.ts';
import { createTenantProvider, type ProviderContext } from './tenant-provider.ts';

/** What the endpoints of all clouds share. */
export interface AuthorityContext extends ProviderContext {
  readonly clients: ClientAuthentication;
  readonly devices: DeviceSignIns;
  readonly flows: SignInFlows;
}

/** One cloud's authority: its tenants' providers over one store. */
export class Cloud {
  readonly environment: EntraEnvironment;
  readonly store: ProviderStore;
  /** Refresh tokens that were taken back, and why. */
  readonly refusedRefreshTokens = new Map<string, AadstsCode>();
  readonly #context: ProviderContext;
  readonly #endpoints = new Map<string, ProviderEndpoint>();

  constructor(environment: EntraEnvironment, context: ProviderContext) {
    this.environment = environment;
    this.store = new ProviderStore(context.directory, context.settings);
    this.#context = context;
  }

  /** The tenant's provider, made when it is first needed. */
  endpoint(tenant: Tenant): ProviderEndpoint {
    const known = this.#endpoints.get(tenant.id);
    if (known !== undefined) return known;
    const made = new ProviderEndpoint(createTenantProvider(tenant, this.store, this.#context));
    this.#endpoints.set(tenant.id, made);
    return made;
  }

  /** Writes down what a person lets an application do in a tenant; gives the grant's id. */
  async grant(given: GivenGrant): Promise<string> {
    const { tenant, user, clientId } = given;
    const { provider } = this.endpoint(tenant);
    const grant = new provider.Grant({ accountId: user.objectId, clientId });
    grant.addOIDCScope(oidcScopes.join(' '));
    const permissions = this.#context.directory.findRegistration(clientId)?.delegatedPermissions ?? [];
    for (const resource of this.resources) grant.addResourceScope(resource, permissions.join(' '));
    const id = await grant.save();
    this.store.grants.set(id, given);
    return id;
  }

  /** The resources each grant is good for, which are all of the cloud's. */
  get resources(): string[] {
    return resourcesOf(this.environment);
  }

  /** The scope that a provider is asked for. */
  providerScope(application: Application, scope: RequestedScope): string {
    return [...scope.oidc, ...application.delegatedPermissions].join(' ');
  }
}
