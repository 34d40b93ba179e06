import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { AadstsCode } from './aadsts.ts';
import type { ClientCertificate } from './client-certificate.ts';
import { type EnvironmentName, environmentNames } from './environments.ts';

/** Microsoft's public client id for command-line tools, known in every tenant of every cloud. */
export const commandLineClientId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** A tenant of one cloud. */
export interface Tenant {
  readonly environment: EnvironmentName;
  /** The tenant id, a GUID. */
  readonly id: string;
  /** The domain names it goes by. */
  readonly domains: readonly string[];
}

/** A person with a work account. */
export interface User {
  readonly objectId: string;
  /** The tenant the account lives in. */
  readonly tenantId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  password: string;
  /** Other tenants of the same cloud the user is a guest of. */
  readonly guestOf: readonly string[];
  /** Why this user gets no token now (50057 disabled, 50076 MFA, 53003 Conditional Access, 65001 consent …). */
  blockedBy?: AadstsCode | undefined;
  /** Whether the refusal comes at the redirect URI, after the password, or only when tokens are asked for. */
  blockedAt: 'sign-in' | 'token';
}

/** A client secret of an application; an application may have several, as in Entra ID. */
export interface ClientSecret {
  readonly value: string;
  readonly expiresOn?: Date;
}

/** Whom an application trusts to vouch for a workload ("federated identity credentials"). */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** The issuer's key, which Entra ID reads at the issuer. */
  readonly publicJwk: JWK;
}

/** An app registration. */
export interface Application {
  readonly clientId: string;
  readonly displayName: string;
  /** The tenants it is in; `all` for an application known everywhere. */
  readonly tenants: 'all' | readonly string[];
  /** «Allow public client flows». */
  readonly publicClient: boolean;
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly Pick<ClientCertificate, 'certificatePem'>[];
  readonly federatedCredentials: readonly FederatedCredential[];
  /** The service principal's object id, the same in every tenant here. */
  readonly servicePrincipalId: string;
  readonly redirectUris: readonly string[];
  /** Whether users or an administrator have consented already, or are asked at the first sign-in. */
  consent: 'given' | 'ask';
  /** Which claims its access tokens have. Microsoft Graph's are of version 1.0. */
  accessTokenVersion: '1.0' | '2.0';
  /** What users let it do on their behalf: an access token's `scp`. */
  delegatedPermissions: readonly string[];
  /** What it may do by itself: an access token's `roles`. */
  applicationPermissions: readonly string[];
}

type Given<Whole, Needed extends keyof Whole> = Pick<Whole, Needed> & Partial<Omit<Whole, Needed>>;

export type TenantOptions = Given<Tenant, 'environment'>;
export type UserOptions = Given<User, 'tenantId' | 'userPrincipalName'>;
export type ApplicationOptions = Partial<Application>;

/** The tenants, users and applications of all clouds. A test may add to it and change users while it runs. */
export class Directory {
  readonly tenants: Tenant[] = [];
  readonly users: User[] = [];
  readonly applications: Application[] = [];

  /** A tenant and the command-line application in each cloud. */
  static withDefaults(): Directory {
    const directory = new Directory();
    for (const environment of environmentNames) directory.addTenant({ environment });
    directory.addApplication({
      clientId: commandLineClientId,
      displayName: 'Command-line tools',
      publicClient: true,
      redirectUris: ['http://localhost'],
    });
    return directory;
  }

  addTenant(options: TenantOptions): Tenant {
    const { id = randomUUID() } = options;
    const tenant = { id, domains: [`t${id.slice(0, 8)}.onmicrosoft.com`], ...options };
    this.tenants.push(tenant);
    return tenant;
  }

  addUser(options: UserOptions): User {
    const user = {
      objectId: randomUUID(),
      displayName: options.userPrincipalName.replace(/@.*/, ''),
      password: `Pw-${randomUUID()}`,
      guestOf: [],
      blockedAt: 'sign-in' as const,
      ...options,
    };
    this.users.push(user);
    return user;
  }

  addApplication(options: ApplicationOptions = {}): Application {
    const application: Application = {
      clientId: randomUUID(),
      displayName: 'Test application',
      tenants: 'all',
      publicClient: false,
      secrets: [],
      certificates: [],
      federatedCredentials: [],
      servicePrincipalId: randomUUID(),
      redirectUris: ['http://localhost'],
      consent: 'given',
      accessTokenVersion: '1.0',
      delegatedPermissions: ['DeviceManagementManagedDevices.Read.All', 'User.Read'],
      applicationPermissions: ['DeviceManagementManagedDevices.Read.All'],
      ...options,
    };
    this.applications.push(application);
    return application;
  }

  /** The cloud's first tenant. */
  tenantOf(environment: EnvironmentName): Tenant {
    const tenant = this.tenants.find(candidate => candidate.environment === environment);
    if (tenant === undefined) throw new Error(`${environment} has no tenant.`);
    return tenant;
  }

  /** The tenant that a path names by id or by domain, of this cloud alone. */
  findTenant(environment: EnvironmentName, name: string): Tenant | undefined {
    const wanted = name.toLowerCase();
    return this.tenants.find(
      ({ environment: cloud, id, domains }) =>
        cloud === environment &&
        (id.toLowerCase() === wanted || domains.some(domain => domain.toLowerCase() === wanted)),
    );
  }

  findUser(objectId: string): User | undefined {
    return this.users.find(user => user.objectId === objectId);
  }

  /** The user in a tenant, at home or as a guest. */
  findMember(objectId: string, tenant: Tenant): User | undefined {
    const user = this.findUser(objectId);
    return user?.tenantId === tenant.id || user?.guestOf.includes(tenant.id) ? user : undefined;
  }

  findUserByName(environment: EnvironmentName, name: string): User | undefined {
    const wanted = name.toLowerCase();
    return this.users.find(
      user =>
        user.userPrincipalName.toLowerCase() === wanted && this.findTenant(environment, user.tenantId) !== undefined,
    );
  }

  /** The app registration, whatever tenants it is in. */
  findRegistration(clientId: string): Application | undefined {
    return this.applications.find(application => application.clientId.toLowerCase() === clientId.toLowerCase());
  }

  /** The application where the tenant has it. Without a tenant, before the user is known: where any tenant has it. */
  findApplication(clientId: string, tenant?: Tenant): Application | undefined {
    const application = this.findRegistration(clientId);
    if (application === undefined || tenant === undefined || application.tenants === 'all') return application;
    return application.tenants.includes(tenant.id) ? application : undefined;
  }
}
