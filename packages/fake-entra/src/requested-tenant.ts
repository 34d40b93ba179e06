import { AadstsRefusal } from './aadsts.ts';
import type { Application, Directory, Tenant } from './directory.ts';
import type { EntraEnvironment } from './environments.ts';

/** The tenant that a path names; none for `organizations` and `common`, where the person's own will do. */
export function requestedTenant(environment: EntraEnvironment, directory: Directory, name: string): Tenant | undefined {
  if (name === 'organizations' || name === 'common') return undefined;
  const tenant = directory.findTenant(environment.name, name);
  if (tenant === undefined) throw new AadstsRefusal(90002, { reason: `tenant '${name}'` });
  return tenant;
}

/** The application, if the tenant has it. */
export function requestedApplication(directory: Directory, clientId: string, tenant: Tenant | undefined): Application {
  const application = directory.findApplication(clientId, tenant);
  if (application === undefined) throw new AadstsRefusal(700016, { reason: `application '${clientId}'` });
  return application;
}
