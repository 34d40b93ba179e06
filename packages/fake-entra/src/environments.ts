/** The clouds the authority plays, and the hosts each of them is reached by. */

/** One cloud's own hosts. Written down apart from the product's table, so that a slip there is seen here. */
export interface EntraEnvironment {
  readonly name: EnvironmentName;
  /** The authority's host. */
  readonly authority: string;
  /** Microsoft Graph's host: the resource that a sign-in asks for. */
  readonly graph: string;
  /** The host of Azure's management. */
  readonly management: string;
  /** The host of the older directory Graph. */
  readonly directoryGraph: string;
  /** The host in a version 1.0 token's issuer. */
  readonly tokenService: string;
  /** The host in a version 2.0 token's issuer and in the OpenID configuration: China's is not the authority's. */
  readonly issuer: string;
  /** What `cloud_instance_name` says in the OpenID configuration. */
  readonly instance: string;
  /** Where a person types a device code. */
  readonly deviceLogin: string;
}

export const environmentNames = [
  'AzureCloud',
  'AzureChinaCloud',
  'AzureGermanCloud',
  'AzurePPE',
  'AzureUSGovernment',
] as const;

export type EnvironmentName = (typeof environmentNames)[number];

/** The five environments. Source: Microsoft's "National clouds" page, and for the closed two their last documentation. */
export const environments: Readonly<Record<EnvironmentName, EntraEnvironment>> = {
  AzureCloud: {
    name: 'AzureCloud',
    authority: 'login.microsoftonline.com',
    graph: 'graph.microsoft.com',
    management: 'management.azure.com',
    directoryGraph: 'graph.windows.net',
    tokenService: 'sts.windows.net',
    issuer: 'login.microsoftonline.com',
    instance: 'microsoftonline.com',
    deviceLogin: 'https://microsoft.com/devicelogin',
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    authority: 'login.chinacloudapi.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    management: 'management.chinacloudapi.cn',
    directoryGraph: 'graph.chinacloudapi.cn',
    tokenService: 'sts.chinacloudapi.cn',
    issuer: 'login.partner.microsoftonline.cn',
    instance: 'partner.microsoftonline.cn',
    deviceLogin: 'https://microsoft.com/deviceloginchina',
  },
  AzureGermanCloud: {
    name: 'AzureGermanCloud',
    authority: 'login.microsoftonline.de',
    graph: 'graph.microsoft.de',
    management: 'management.core.cloudapi.de',
    directoryGraph: 'graph.cloudapi.de',
    tokenService: 'sts.microsoftonline.de',
    issuer: 'login.microsoftonline.de',
    instance: 'microsoftonline.de',
    deviceLogin: 'https://microsoft.com/devicelogin',
  },
  AzurePPE: {
    name: 'AzurePPE',
    authority: 'login.windows-ppe.net',
    graph: 'graph.microsoft-ppe.com',
    management: 'api-dogfood.resources.windows-int.net',
    directoryGraph: 'graph.ppe.windows.net',
    tokenService: 'sts.windows-ppe.net',
    issuer: 'login.windows-ppe.net',
    instance: 'windows-ppe.net',
    deviceLogin: 'https://microsoft.com/devicelogin',
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    authority: 'login.microsoftonline.us',
    graph: 'graph.microsoft.us',
    management: 'management.usgovcloudapi.net',
    directoryGraph: 'graph.windows.net',
    tokenService: 'sts.windows.net',
    issuer: 'login.microsoftonline.us',
    instance: 'microsoftonline.us',
    deviceLogin: 'https://microsoft.com/deviceloginus',
  },
};

/** The environment whose authority is at this host. */
export function environmentOfAuthority(host: string): EntraEnvironment | undefined {
  return Object.values(environments).find(({ authority }) => authority === host.toLowerCase());
}
