// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { PSCredential } from 'ts-cmdlet';

export type EnvironmentName = 'AzureCloud' | 'AzureChinaCloud' | 'AzureGermanCloud' | 'AzurePPE' | 'AzureUSGovernment';

/** The parameters of New-SecMgmtAccessToken: one variant for each parameter set. */
export type NewSecMgmtAccessTokenParameters =
  | {
      readonly parameterSetName: 'User';
      /**
       * Identifier of the application that the token is for. Where a credential is passed, its user name is the
       * identifier.
       */
      readonly ApplicationId: string;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /**
       * Scopes of the access token, all of one resource. An application by itself gets a token for the scope .default
       * of a resource alone.
       */
      readonly Scopes: readonly string[];
      /** Identifier or name for the tenant. */
      readonly Tenant?: string;
      /**
       * Use the authorization code flow: a person signs in with the system browser. With service principal credentials
       * the token is the person's, and not one of the application itself.
       */
      readonly UseAuthorizationCode?: boolean;
      /** Use device code authentication instead of a browser control. */
      readonly UseDeviceAuthentication?: boolean;
    }
  | {
      readonly parameterSetName: 'RefreshToken';
      /**
       * Identifier of the application that the token is for. Where a credential is passed, its user name is the
       * identifier.
       */
      readonly ApplicationId?: string;
      /** Certificate thumbprint of a digital public key X.509 certificate. */
      readonly CertificateThumbprint?: string;
      /** Provides the application identifier and secret for service principal credentials. */
      readonly Credential?: PSCredential;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /** Refresh token that is redeemed for the access token. */
      readonly RefreshToken: string;
      /**
       * Scopes of the access token, all of one resource. An application by itself gets a token for the scope .default
       * of a resource alone.
       */
      readonly Scopes: readonly string[];
      /** Indicates that the application authenticates by providing service principal credentials. */
      readonly ServicePrincipal?: boolean;
      /** Identifier or name for the tenant. */
      readonly Tenant?: string;
    }
  | {
      readonly parameterSetName: 'ServicePrincipalCertificate';
      /**
       * Identifier of the application that the token is for. Where a credential is passed, its user name is the
       * identifier.
       */
      readonly ApplicationId: string;
      /** Certificate thumbprint of a digital public key X.509 certificate. */
      readonly CertificateThumbprint: string;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /**
       * Scopes of the access token, all of one resource. An application by itself gets a token for the scope .default
       * of a resource alone.
       */
      readonly Scopes: readonly string[];
      /** Indicates that the application authenticates by providing service principal credentials. */
      readonly ServicePrincipal?: boolean;
      /** Identifier or name for the tenant. */
      readonly Tenant: string;
      /**
       * Use the authorization code flow: a person signs in with the system browser. With service principal credentials
       * the token is the person's, and not one of the application itself.
       */
      readonly UseAuthorizationCode?: boolean;
    }
  | {
      readonly parameterSetName: 'ServicePrincipal';
      /**
       * Identifier of the application that the token is for. Where a credential is passed, its user name is the
       * identifier.
       */
      readonly ApplicationId: string;
      /** Provides the application identifier and secret for service principal credentials. */
      readonly Credential: PSCredential;
      /** Environment containing the account. */
      readonly Environment?: EnvironmentName;
      /**
       * Scopes of the access token, all of one resource. An application by itself gets a token for the scope .default
       * of a resource alone.
       */
      readonly Scopes: readonly string[];
      /** Indicates that the application authenticates by providing service principal credentials. */
      readonly ServicePrincipal: boolean;
      /** Identifier or name for the tenant. */
      readonly Tenant: string;
      /**
       * Use the authorization code flow: a person signs in with the system browser. With service principal credentials
       * the token is the person's, and not one of the application itself.
       */
      readonly UseAuthorizationCode?: boolean;
    };

/** What ajv checks when parameters of New-SecMgmtAccessToken arrive from PowerShell. */
export const NewSecMgmtAccessTokenSchema = {
  $id: 'New-SecMgmtAccessToken',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'User' },
        ApplicationId: { type: 'string' },
        Environment: {
          type: 'string',
          enum: ['AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment'],
        },
        Scopes: {
          type: 'array',
          items: { type: 'string' },
        },
        Tenant: { type: 'string' },
        UseAuthorizationCode: { type: 'boolean' },
        UseDeviceAuthentication: { type: 'boolean' },
      },
      required: ['parameterSetName', 'ApplicationId', 'Scopes'],
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
        Scopes: {
          type: 'array',
          items: { type: 'string' },
        },
        ServicePrincipal: { type: 'boolean' },
        Tenant: { type: 'string' },
      },
      required: ['parameterSetName', 'RefreshToken', 'Scopes'],
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
        Scopes: {
          type: 'array',
          items: { type: 'string' },
        },
        ServicePrincipal: { type: 'boolean' },
        Tenant: { type: 'string' },
        UseAuthorizationCode: { type: 'boolean' },
      },
      required: ['parameterSetName', 'ApplicationId', 'CertificateThumbprint', 'Scopes', 'Tenant'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'ServicePrincipal' },
        ApplicationId: { type: 'string' },
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
        Scopes: {
          type: 'array',
          items: { type: 'string' },
        },
        ServicePrincipal: { type: 'boolean' },
        Tenant: { type: 'string' },
        UseAuthorizationCode: { type: 'boolean' },
      },
      required: ['parameterSetName', 'ApplicationId', 'Credential', 'Scopes', 'ServicePrincipal', 'Tenant'],
      additionalProperties: false,
    },
  ],
} as const;
