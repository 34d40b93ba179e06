import { randomUUID } from 'node:crypto';
import { Directory, type Tenant, type User } from './directory.ts';
import { type Entra, startEntra } from './entra.ts';
import type { EnvironmentName } from './environments.ts';

/** An authority for somebody who looks at the product and has no account of their own. */
export interface TourEntra extends AsyncDisposable {
  readonly entra: Entra;
  readonly tenant: Tenant;
  /** Who is signed in, without any form: a device code is approved by itself at its second poll. */
  readonly person: User;
}

/** Starts the authority with one tenant that has one person in it. */
export async function startTourEntra(environment: EnvironmentName = 'AzureCloud'): Promise<TourEntra> {
  const directory = Directory.withDefaults();
  const tenant = directory.tenantOf(environment);
  const person = directory.addUser({
    tenantId: tenant.id,
    userPrincipalName: `ada@${tenant.domains[0] ?? 'contoso.onmicrosoft.com'}`,
    displayName: 'Ada Lovelace',
  });
  const entra = await startEntra({ directory });
  const items = ['Ada Lovelace', 'Grace Hopper', 'Katherine Johnson'].map(displayName => ({
    id: displayName === person.displayName ? person.objectId : randomUUID(),
    displayName,
    userPrincipalName: `${displayName.split(' ')[0]?.toLowerCase()}@${tenant.domains[0]}`,
  }));
  entra.graph.collections.set('/v1.0/users', { items });
  entra.graph.collections.set('/v1.0/groups', { items: [] });
  entra.settings.autoApprove = person;
  entra.settings.deviceCodeInterval = 1;
  return { entra, tenant, person, [Symbol.asyncDispose]: () => entra[Symbol.asyncDispose]() };
}
