// Generated from help/*.md. Do not edit: change the help and run npm run build.

export type EnvironmentName = 'AzureCloud' | 'AzureChinaCloud' | 'AzureGermanCloud' | 'AzurePPE' | 'AzureUSGovernment';

/** The parameters of Connect-SecMgmtWorkload: one variant for each parameter set. */
export type ConnectSecMgmtWorkloadParameters =
  | {
      readonly parameterSetName: 'Identity';
      /**
       * Application (client) identifier of a user-assigned managed identity, or of the application that trusts the
       * workload. For the latter the environment variable AZURE_CLIENT_ID counts where it is not passed.
       */
      readonly ApplicationId?: string;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Indicates that the account is a managed identity. */
      readonly Identity?: boolean;
      /** Object (principal) identifier of a user-assigned managed identity. */
      readonly ObjectId?: string;
      /**
       * Azure resource identifier of a user-assigned managed identity, such as
       * /subscriptions/00001111-aaaa-2222-bbbb-3333cccc4444/resourcegroups/contoso/providers/Microsoft.ManagedIdentity/userAssignedIdentities/reports.
       */
      readonly ResourceId?: string;
    }
  | {
      readonly parameterSetName: 'Federated';
      /**
       * Application (client) identifier of a user-assigned managed identity, or of the application that trusts the
       * workload. For the latter the environment variable AZURE_CLIENT_ID counts where it is not passed.
       */
      readonly ApplicationId?: string;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Indicates that the account is an application, which the workload proves itself as by a federated token. */
      readonly Federated: boolean;
      /**
       * Identifier of the service connection of Azure Pipelines that the token is for. The environment variable
       * AZURESUBSCRIPTION_SERVICE_CONNECTION_ID counts where it is not passed.
       */
      readonly ServiceConnectionId?: string;
      /**
       * Identifier or name for the tenant of the application. The environment variable AZURE_TENANT_ID counts where it
       * is not passed.
       */
      readonly Tenant?: string;
    };

/** What ajv checks when parameters of Connect-SecMgmtWorkload arrive from PowerShell. */
export const ConnectSecMgmtWorkloadSchema = {
  $id: 'Connect-SecMgmtWorkload',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'Identity' },
        ApplicationId: { type: 'string' },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        Identity: { type: 'boolean' },
        ObjectId: { type: 'string' },
        ResourceId: { type: 'string' },
      },
      required: ['parameterSetName'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'Federated' },
        ApplicationId: { type: 'string' },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        Federated: { type: 'boolean' },
        ServiceConnectionId: { type: 'string' },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'Federated'],
      additionalProperties: false,
    },
  ],
} as const;
