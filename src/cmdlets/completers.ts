import type { Completer, Completion } from 'ts-cmdlet';
import type { AuthContext } from '../auth/context.ts';
import type { Session } from '../auth/session.ts';

// What a parameter may be, as far as the session knows it: nothing is asked of a service for it.

/** The sign-in names of the accounts that are connected, of one tenant where it is named; an application's is its id. */
export function accountCompleter(session: Session): Completer {
  return contextCompleter(session, 'Account', 'Tenant', ({ account, environment }) => {
    return `${account.type} of tenant ${account.tenant} in ${environment.name}`;
  });
}

/** The tenants of the accounts that are connected, of one account where it is named. */
export function tenantCompleter(session: Session): Completer {
  return contextCompleter(session, 'Tenant', 'Account', context => {
    return `The tenant of ${NAMES.Account(context)[0]} in ${context.environment.name}`;
  });
}

/** What a parameter may call a context by, the name that is completed first. */
const NAMES = {
  Account: ({ account }: AuthContext) => [account.identifier, account.objectId].filter(name => name !== ''),
  Tenant: ({ account }: AuthContext) => [account.tenant],
};

type ContextParameter = keyof typeof NAMES;

/** Completes a parameter by the accounts that are connected: those that another parameter names, where it is bound. */
function contextCompleter(
  session: Session,
  parameter: ContextParameter,
  other: ContextParameter,
  tooltip: (context: AuthContext) => string,
): Completer {
  return (word, { [other]: named }) => {
    const contexts = session.connections.map(({ context }) => context);
    const isChosen = (context: AuthContext) =>
      typeof named !== 'string' || NAMES[other](context).some(name => isSame(name, named));
    return matching(
      word,
      contexts.filter(isChosen).flatMap(context =>
        NAMES[parameter](context)
          .slice(0, 1)
          .map(text => ({ text, tooltip: tooltip(context) })),
      ),
    );
  };
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
