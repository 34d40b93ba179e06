/** The names of the Microsoft clouds, as `-Environment` takes them. */
export type EnvironmentName = 'AzureCloud' | 'AzureChinaCloud' | 'AzureGermanCloud' | 'AzurePPE' | 'AzureUSGovernment';

/** One Microsoft cloud: its name and endpoints, each an https URL that ends in `/`. */
export interface CloudEnvironment {
  readonly name: EnvironmentName;
  readonly activeDirectoryAuthority: string;
  readonly graphEndpoint: string;
  readonly azureEndpoint: string;
  readonly azureAdGraphEndpoint: string;
  /** Why nobody can connect to it any more, where that is so. */
  readonly closed?: string;
}

/** The five clouds (docs/sign-in.md, "Environments"). */
export const environments: Readonly<Record<EnvironmentName, CloudEnvironment>> = {
  AzureCloud: {
    name: 'AzureCloud',
    activeDirectoryAuthority: 'https://login.microsoftonline.com/',
    graphEndpoint: 'https://graph.microsoft.com/',
    azureEndpoint: 'https://management.azure.com/',
    azureAdGraphEndpoint: 'https://graph.windows.net/',
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    activeDirectoryAuthority: 'https://login.chinacloudapi.cn/',
    graphEndpoint: 'https://microsoftgraph.chinacloudapi.cn/',
    azureEndpoint: 'https://management.chinacloudapi.cn/',
    azureAdGraphEndpoint: 'https://graph.chinacloudapi.cn/',
  },
  AzureGermanCloud: {
    name: 'AzureGermanCloud',
    activeDirectoryAuthority: 'https://login.microsoftonline.de/',
    graphEndpoint: 'https://graph.microsoft.de/',
    azureEndpoint: 'https://management.core.cloudapi.de/',
    azureAdGraphEndpoint: 'https://graph.cloudapi.de/',
    closed: 'Microsoft closed AzureGermanCloud in October 2021: its sign-in service may not answer.',
  },
  AzurePPE: {
    name: 'AzurePPE',
    activeDirectoryAuthority: 'https://login.windows-ppe.net/',
    graphEndpoint: 'https://graph.microsoft-ppe.com/',
    azureEndpoint: 'https://api-dogfood.resources.windows-int.net/',
    azureAdGraphEndpoint: 'https://graph.ppe.windows.net/',
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    activeDirectoryAuthority: 'https://login.microsoftonline.us/',
    graphEndpoint: 'https://graph.microsoft.us/',
    azureEndpoint: 'https://management.usgovcloudapi.net/',
    azureAdGraphEndpoint: 'https://graph.windows.net/',
  },
};

/** The scope that every sign-in to a cloud asks for: all that the account has been granted on its Graph. */
export function defaultScope(environment: CloudEnvironment): string {
  return `${environment.graphEndpoint}.default`;
}
