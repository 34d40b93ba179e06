// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { PSCredential } from 'ts-cmdlet';

export type EnvironmentName = 'AzureCloud' | 'AzureChinaCloud' | 'AzureGermanCloud' | 'AzurePPE' | 'AzureUSGovernment';

/** The parameters of Connect-SecMgmtAccount: one variant for each parameter set. */
export type ConnectSecMgmtAccountParameters =
  | {
      readonly parameterSetName: 'User';
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Identifier or name for the tenant. */
      readonly Tenant?: string;
      /** Use device code authentication instead of a browser control. */
      readonly UseDeviceAuthentication?: boolean;
    }
  | {
      readonly parameterSetName: 'AccessToken';
      /** Access token used to connect. */
      readonly AccessToken: string;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Identifier or name for the tenant. */
      readonly Tenant?: string;
    }
  | {
      readonly parameterSetName: 'RefreshToken';
      /** Identifier of the application used to connect. */
      readonly ApplicationId: string;
      /** Certificate thumbprint of a digital public key X.509 certificate. */
      readonly CertificateThumbprint?: string;
      /** Provides the application identifier and secret for service principal credentials. */
      readonly Credential?: PSCredential;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Refresh token used to connect. */
      readonly RefreshToken: string;
      /** Identifier or name for the tenant. */
      readonly Tenant?: string;
    }
  | {
      readonly parameterSetName: 'ServicePrincipalCertificate';
      /** Identifier of the application used to connect. */
      readonly ApplicationId: string;
      /** Certificate thumbprint of a digital public key X.509 certificate. */
      readonly CertificateThumbprint: string;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Indicates that this account authenticates by providing service principal credentials. */
      readonly ServicePrincipal?: boolean;
      /** Identifier or name for the tenant. */
      readonly Tenant: string;
    }
  | {
      readonly parameterSetName: 'ServicePrincipal';
      /** Provides the application identifier and secret for service principal credentials. */
      readonly Credential: PSCredential;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Indicates that this account authenticates by providing service principal credentials. */
      readonly ServicePrincipal: boolean;
      /** Identifier or name for the tenant. */
      readonly Tenant: string;
    };

/** What ajv checks when parameters of Connect-SecMgmtAccount arrive from PowerShell. */
export const ConnectSecMgmtAccountSchema = {
  $id: 'Connect-SecMgmtAccount',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'User' },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        Tenant: { type: 'string' },
        UseDeviceAuthentication: { type: 'boolean' },
      },
      required: ['parameterSetName'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'AccessToken' },
        AccessToken: { type: 'string' },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'AccessToken'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'RefreshToken' },
        ApplicationId: { type: 'string' },
        CertificateThumbprint: { type: 'string' },
        Credential: {
          type: 'object',
          properties: {
            $type: { const: 'System.Management.Automation.PSCredential' },
            userName: { type: 'string' },
            password: { type: 'string' },
          },
          required: ['$type', 'userName', 'password'],
          additionalProperties: false,
        },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        RefreshToken: { type: 'string' },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'ApplicationId', 'RefreshToken'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'ServicePrincipalCertificate' },
        ApplicationId: { type: 'string' },
        CertificateThumbprint: { type: 'string' },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        ServicePrincipal: { type: 'boolean' },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'ApplicationId', 'CertificateThumbprint', 'Tenant'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'ServicePrincipal' },
        Credential: {
          type: 'object',
          properties: {
            $type: { const: 'System.Management.Automation.PSCredential' },
            userName: { type: 'string' },
            password: { type: 'string' },
          },
          required: ['$type', 'userName', 'password'],
          additionalProperties: false,
        },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        ServicePrincipal: { type: 'boolean' },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'Credential', 'ServicePrincipal', 'Tenant'],
      additionalProperties: false,
    },
  ],
} as const;
