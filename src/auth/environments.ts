/** The names of the Microsoft clouds, as `-Environment` takes them. */
export type EnvironmentName = 'AzureCloud' | 'AzureChinaCloud' | 'AzureGermanCloud' | 'AzurePPE' | 'AzureUSGovernment';

/** One Microsoft cloud: its name and endpoints, each an https URL that ends in `/`. */
export interface CloudEnvironment {
  readonly name: EnvironmentName;
  readonly activeDirectoryAuthority: string;
  /** The hosts that the authority goes by, its own and those of its issuer and older names; nothing else may name an endpoint. */
  readonly authorityHosts: readonly string[];
  readonly graphEndpoint: string;
  readonly azureEndpoint: string;
  /** What tokens for Azure's management were for before they were for its endpoint: still taken. */
  readonly azureAudience: string;
  readonly azureAdGraphEndpoint: string;
  /** Why nobody can connect to it any more, where that is so. */
  readonly closed?: string;
}

/** The five clouds (docs/sign-in.md, "Environments"). */
export const environments: Readonly<Record<EnvironmentName, CloudEnvironment>> = {
  AzureCloud: {
    name: 'AzureCloud',
    activeDirectoryAuthority: 'https://login.microsoftonline.com/',
    authorityHosts: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graphEndpoint: 'https://graph.microsoft.com/',
    azureEndpoint: 'https://management.azure.com/',
    azureAudience: 'https://management.core.windows.net',
    azureAdGraphEndpoint: 'https://graph.windows.net/',
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    activeDirectoryAuthority: 'https://login.chinacloudapi.cn/',
    authorityHosts: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn', 'sts.chinacloudapi.cn'],
    graphEndpoint: 'https://microsoftgraph.chinacloudapi.cn/',
    azureEndpoint: 'https://management.chinacloudapi.cn/',
    azureAudience: 'https://management.core.chinacloudapi.cn',
    azureAdGraphEndpoint: 'https://graph.chinacloudapi.cn/',
  },
  AzureGermanCloud: {
    name: 'AzureGermanCloud',
    activeDirectoryAuthority: 'https://login.microsoftonline.de/',
    authorityHosts: ['login.microsoftonline.de', 'sts.microsoftonline.de'],
    graphEndpoint: 'https://graph.microsoft.de/',
    azureEndpoint: 'https://management.core.cloudapi.de/',
    azureAudience: 'https://management.core.cloudapi.de',
    azureAdGraphEndpoint: 'https://graph.cloudapi.de/',
    closed: 'Microsoft closed AzureGermanCloud in October 2021: its sign-in service may not answer.',
  },
  AzurePPE: {
    name: 'AzurePPE',
    activeDirectoryAuthority: 'https://login.windows-ppe.net/',
    authorityHosts: ['login.windows-ppe.net', 'sts.windows-ppe.net'],
    graphEndpoint: 'https://graph.microsoft-ppe.com/',
    azureEndpoint: 'https://api-dogfood.resources.windows-int.net/',
    azureAudience: 'https://management.core.windows-int.net',
    azureAdGraphEndpoint: 'https://graph.ppe.windows.net/',
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    activeDirectoryAuthority: 'https://login.microsoftonline.us/',
    authorityHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net', 'sts.windows.net'],
    graphEndpoint: 'https://graph.microsoft.us/',
    azureEndpoint: 'https://management.usgovcloudapi.net/',
    azureAudience: 'https://management.core.usgovcloudapi.net',
    azureAdGraphEndpoint: 'https://graph.windows.net/',
  },
};

/** The hosts of the cloud whose authority is at a host; that host alone where it is no cloud's. */
export function authorityHostsOf(host: string): readonly string[] {
  const cloud = Object.values(environments).find(each => each.authorityHosts[0] === host);
  return cloud?.authorityHosts ?? [host];
}

/** The application ids of Microsoft Graph and of Azure's management, which a token's `aud` may name; the same in every cloud. */
const GRAPH_ID = '00000003-0000-0000-c000-000000000000';
const AZURE_ID = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** What the `aud` of a token for a scope may be, in lower case and without a slash at its end. */
export function audiencesOf(environment: CloudEnvironment, scope: string): readonly string[] {
  const { origin } = new URL(scope);
  if (origin === new URL(environment.graphEndpoint).origin) return [origin, GRAPH_ID];
  if (origin !== new URL(environment.azureEndpoint).origin) return [origin];
  return [origin, AZURE_ID, environment.azureAudience];
}

/** The scope of Azure's management: all that the account has been granted there. */
export function azureScope(environment: CloudEnvironment): string {
  return `${environment.azureEndpoint}.default`;
}

/** The scope that every sign-in to a cloud asks for: all that the account has been granted on its Graph. */
export function defaultScope(environment: CloudEnvironment): string {
  return `${environment.graphEndpoint}.default`;
}
