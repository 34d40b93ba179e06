import type { Completer, Completion } from 'ts-cmdlet';
import type { Session } from '../auth/session.ts';

// What a parameter may be, as far as the session knows it: nothing is asked of a service for it.

/** The sign-in names of the accounts that are connected; an application's is its id. */
export function accountCompleter(session: Session): Completer {
  return (word, { Tenant }) =>
    matching(
      word,
      session.connections
        .filter(({ context: { account } }) => typeof Tenant !== 'string' || isSame(account.tenant, Tenant))
        .map(({ context: { account, environment } }) => ({
          text: account.identifier || account.objectId,
          tooltip: `${account.type} of tenant ${account.tenant} in ${environment.name}`,
        })),
    );
}

/** The tenants of the accounts that are connected, of the account alone where one is named. */
export function tenantCompleter(session: Session): Completer {
  return (word, { Account }) =>
    matching(
      word,
      session.connections
        .filter(({ context: { account } }) => typeof Account !== 'string' || isSame(account.identifier, Account))
        .map(({ context: { account, environment } }) => ({
          text: account.tenant,
          tooltip: `The tenant of ${account.identifier || account.objectId} in ${environment.name}`,
        })),
    );
}

/** The resources that an address may begin with. */
export const addressCompleter: Completer = (word, { Endpoint }) => {
  const [, start = '', name = ''] = /^((?:\/?(?:v1\.0|beta))?\/?)(.*)$/is.exec(word) ?? [];
  const isAzure = typeof Endpoint === 'string' && isSame(Endpoint, 'Azure');
  const resources = isAzure ? AZURE_RESOURCES : GRAPH_RESOURCES;
  return matching(
    name,
    resources.map(text => ({ text })),
  ).map(({ text }) => ({
    text: `${start}${text}`,
    listText: text,
    tooltip: `${isAzure ? 'Azure' : 'Graph'}: ${text}`,
  }));
};

/** Those that begin with a word, each once. */
function matching(word: string, results: readonly Completion[]): Completion[] {
  const found = results.filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()));
  return [...new Map(found.map(result => [result.text, result])).values()];
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The roots of Azure's management API (https://learn.microsoft.com/rest/api/resources/). */
const AZURE_RESOURCES = ['providers', 'subscriptions', 'tenants'];

/** The first segments of Microsoft Graph v1.0 (https://graph.microsoft.com/v1.0/$metadata). */
const GRAPH_RESOURCES = [
  ...[
    'admin',
    'agreements',
    'appCatalogs',
    'applications',
    'auditLogs',
    'chats',
    'communications',
    'compliance',
    'contacts',
  ],
  ...[
    'contracts',
    'deviceAppManagement',
    'deviceManagement',
    'devices',
    'directory',
    'directoryObjects',
    'directoryRoles',
  ],
  ...[
    'directoryRoleTemplates',
    'domains',
    'drives',
    'education',
    'employeeExperience',
    'external',
    'groups',
    'groupSettings',
  ],
  ...[
    'identity',
    'identityGovernance',
    'identityProtection',
    'identityProviders',
    'informationProtection',
    'invitations',
  ],
  ...[
    'me',
    'oauth2PermissionGrants',
    'organization',
    'permissionGrants',
    'places',
    'planner',
    'policies',
    'privacy',
    'reports',
  ],
  ...[
    'roleManagement',
    'schemaExtensions',
    'search',
    'security',
    'servicePrincipals',
    'shares',
    'sites',
    'solutions',
    'storage',
  ],
  ...['subscribedSkus', 'subscriptions', 'teams', 'teamwork', 'tenantRelationships', 'users'],
];
