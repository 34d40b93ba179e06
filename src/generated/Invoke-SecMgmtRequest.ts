// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { Hashtable, ObjectOf, WireScalar } from 'ts-cmdlet';
import type { outputs } from '../cmdlets/outputs.ts';

export type InvokeSecMgmtRequestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

export type InvokeSecMgmtRequestEndpoint = 'Graph' | 'Azure';

export type InvokeSecMgmtRequestOutputType = 'PSObject' | 'Hashtable' | 'Json';

/** The parameters of Invoke-SecMgmtRequest: one variant for each parameter set. */
export type InvokeSecMgmtRequestParameters =
  | {
      readonly parameterSetName: 'Request';
      /**
       * The address: one of the account's endpoints, or relative to one. A #, as in the names of guests, is sent as a
       * part of it.
       */
      readonly Uri: string;
      /** The method of the request. */
      readonly Method?: InvokeSecMgmtRequestMethod;
      /**
       * The body of the request. Hashtables, objects and lists are sent as JSON, in which a secure string is its text.
       * Text and bytes are sent as they are.
       */
      readonly Body?: unknown;
      /**
       * The content type of the body. The default value is application/json, and application/octet-stream for bytes and
       * for a file that is not named .json.
       */
      readonly ContentType?: string;
      /**
       * The context of the account to use, as Get-SecMgmtContext -ListAvailable returns it. Without this parameter, the
       * account that is selected in this session is used.
       */
      readonly Context?: ObjectOf<typeof outputs, 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext'>;
      /**
       * The service that a relative address is of: Microsoft Graph or Azure management. A full address has to be of
       * this service.
       */
      readonly Endpoint?: InvokeSecMgmtRequestEndpoint;
      /** Headers of the request. The headers of the connection and the authorization cannot be set. */
      readonly Headers?: Hashtable;
      /**
       * The file that the answer is written to, as it comes. A file of that name is replaced when all of the answer has
       * come. Further pages of a collection are not asked for.
       */
      readonly OutputFilePath?: string;
      /** What is returned: objects, hashtables, or the JSON text of each answer as the service sent it. */
      readonly OutputType?: InvokeSecMgmtRequestOutputType;
      /**
       * Returns the number of all objects, before the objects. Where the service does not tell it, it is unknown: its
       * Accuracy is 0. Microsoft Graph is asked for it with $count=true and the header ConsistencyLevel: eventual.
       */
      readonly IncludeTotalCount?: boolean;
      /** The number of objects to leave out before the first that is returned. */
      readonly Skip?: WireScalar<'System.UInt64'>;
      /** The number of objects to get. The default is all objects. */
      readonly First?: WireScalar<'System.UInt64'>;
    }
  | {
      readonly parameterSetName: 'InputFile';
      /**
       * The address: one of the account's endpoints, or relative to one. A #, as in the names of guests, is sent as a
       * part of it.
       */
      readonly Uri: string;
      /** The file that is sent as the body. */
      readonly InputFilePath: string;
      /** The method of the request. */
      readonly Method?: InvokeSecMgmtRequestMethod;
      /**
       * The content type of the body. The default value is application/json, and application/octet-stream for bytes and
       * for a file that is not named .json.
       */
      readonly ContentType?: string;
      /**
       * The context of the account to use, as Get-SecMgmtContext -ListAvailable returns it. Without this parameter, the
       * account that is selected in this session is used.
       */
      readonly Context?: ObjectOf<typeof outputs, 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext'>;
      /**
       * The service that a relative address is of: Microsoft Graph or Azure management. A full address has to be of
       * this service.
       */
      readonly Endpoint?: InvokeSecMgmtRequestEndpoint;
      /** Headers of the request. The headers of the connection and the authorization cannot be set. */
      readonly Headers?: Hashtable;
      /**
       * The file that the answer is written to, as it comes. A file of that name is replaced when all of the answer has
       * come. Further pages of a collection are not asked for.
       */
      readonly OutputFilePath?: string;
      /** What is returned: objects, hashtables, or the JSON text of each answer as the service sent it. */
      readonly OutputType?: InvokeSecMgmtRequestOutputType;
      /**
       * Returns the number of all objects, before the objects. Where the service does not tell it, it is unknown: its
       * Accuracy is 0. Microsoft Graph is asked for it with $count=true and the header ConsistencyLevel: eventual.
       */
      readonly IncludeTotalCount?: boolean;
      /** The number of objects to leave out before the first that is returned. */
      readonly Skip?: WireScalar<'System.UInt64'>;
      /** The number of objects to get. The default is all objects. */
      readonly First?: WireScalar<'System.UInt64'>;
    }
  | {
      readonly parameterSetName: 'Batch';
      /**
       * The address: one of the account's endpoints, or relative to one. A #, as in the names of guests, is sent as a
       * part of it.
       */
      readonly Uri: string;
      /**
       * Sends up to twenty requests of the pipeline together, as a JSON batch of Microsoft Graph. The results are
       * returned in the order of the requests.
       */
      readonly Batch: boolean;
      /**
       * The context of the account to use, as Get-SecMgmtContext -ListAvailable returns it. Without this parameter, the
       * account that is selected in this session is used.
       */
      readonly Context?: ObjectOf<typeof outputs, 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext'>;
      /**
       * The service that a relative address is of: Microsoft Graph or Azure management. A full address has to be of
       * this service.
       */
      readonly Endpoint?: InvokeSecMgmtRequestEndpoint;
      /** Headers of the request. The headers of the connection and the authorization cannot be set. */
      readonly Headers?: Hashtable;
      /** What is returned: objects, hashtables, or the JSON text of each answer as the service sent it. */
      readonly OutputType?: InvokeSecMgmtRequestOutputType;
      /**
       * Returns the number of all objects, before the objects. Where the service does not tell it, it is unknown: its
       * Accuracy is 0. Microsoft Graph is asked for it with $count=true and the header ConsistencyLevel: eventual.
       */
      readonly IncludeTotalCount?: boolean;
      /** The number of objects to leave out before the first that is returned. */
      readonly Skip?: WireScalar<'System.UInt64'>;
      /** The number of objects to get. The default is all objects. */
      readonly First?: WireScalar<'System.UInt64'>;
    };

/** The default values that the help of Invoke-SecMgmtRequest names: PowerShell hands over what was given, and no more. */
export const InvokeSecMgmtRequestDefaults = { Method: 'GET', Endpoint: 'Graph', OutputType: 'PSObject' } as const;

/** What ajv checks when parameters of Invoke-SecMgmtRequest arrive from PowerShell. */
export const InvokeSecMgmtRequestSchema = {
  $id: 'Invoke-SecMgmtRequest',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'Request' },
        Uri: { type: 'string' },
        Method: { type: 'string', enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] },
        Body: {},
        ContentType: { type: 'string' },
        Context: {
          type: 'object',
          properties: {
            $type: { const: 'PSObject' },
            $typeName: { type: 'string' },
            properties: { type: 'object' },
          },
          required: ['$type', '$typeName', 'properties'],
          additionalProperties: false,
          'x-typeName': 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext',
        },
        Endpoint: { type: 'string', enum: ['Graph', 'Azure'] },
        Headers: {
          type: 'object',
          properties: {
            $type: { const: 'System.Collections.Hashtable' },
            entries: { type: 'object' },
          },
          required: ['$type', 'entries'],
          additionalProperties: false,
        },
        OutputFilePath: { type: 'string' },
        OutputType: { type: 'string', enum: ['PSObject', 'Hashtable', 'Json'] },
        IncludeTotalCount: { type: 'boolean' },
        Skip: {
          type: 'object',
          properties: {
            $type: { const: 'System.UInt64' },
            value: { type: 'string' },
          },
          required: ['$type', 'value'],
          additionalProperties: false,
        },
        First: {
          type: 'object',
          properties: {
            $type: { const: 'System.UInt64' },
            value: { type: 'string' },
          },
          required: ['$type', 'value'],
          additionalProperties: false,
        },
      },
      required: ['parameterSetName', 'Uri'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'InputFile' },
        Uri: { type: 'string' },
        InputFilePath: { type: 'string' },
        Method: { type: 'string', enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] },
        ContentType: { type: 'string' },
        Context: {
          type: 'object',
          properties: {
            $type: { const: 'PSObject' },
            $typeName: { type: 'string' },
            properties: { type: 'object' },
          },
          required: ['$type', '$typeName', 'properties'],
          additionalProperties: false,
          'x-typeName': 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext',
        },
        Endpoint: { type: 'string', enum: ['Graph', 'Azure'] },
        Headers: {
          type: 'object',
          properties: {
            $type: { const: 'System.Collections.Hashtable' },
            entries: { type: 'object' },
          },
          required: ['$type', 'entries'],
          additionalProperties: false,
        },
        OutputFilePath: { type: 'string' },
        OutputType: { type: 'string', enum: ['PSObject', 'Hashtable', 'Json'] },
        IncludeTotalCount: { type: 'boolean' },
        Skip: {
          type: 'object',
          properties: {
            $type: { const: 'System.UInt64' },
            value: { type: 'string' },
          },
          required: ['$type', 'value'],
          additionalProperties: false,
        },
        First: {
          type: 'object',
          properties: {
            $type: { const: 'System.UInt64' },
            value: { type: 'string' },
          },
          required: ['$type', 'value'],
          additionalProperties: false,
        },
      },
      required: ['parameterSetName', 'Uri', 'InputFilePath'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'Batch' },
        Uri: { type: 'string' },
        Batch: { type: 'boolean' },
        Context: {
          type: 'object',
          properties: {
            $type: { const: 'PSObject' },
            $typeName: { type: 'string' },
            properties: { type: 'object' },
          },
          required: ['$type', '$typeName', 'properties'],
          additionalProperties: false,
          'x-typeName': 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext',
        },
        Endpoint: { type: 'string', enum: ['Graph', 'Azure'] },
        Headers: {
          type: 'object',
          properties: {
            $type: { const: 'System.Collections.Hashtable' },
            entries: { type: 'object' },
          },
          required: ['$type', 'entries'],
          additionalProperties: false,
        },
        OutputType: { type: 'string', enum: ['PSObject', 'Hashtable', 'Json'] },
        IncludeTotalCount: { type: 'boolean' },
        Skip: {
          type: 'object',
          properties: {
            $type: { const: 'System.UInt64' },
            value: { type: 'string' },
          },
          required: ['$type', 'value'],
          additionalProperties: false,
        },
        First: {
          type: 'object',
          properties: {
            $type: { const: 'System.UInt64' },
            value: { type: 'string' },
          },
          required: ['$type', 'value'],
          additionalProperties: false,
        },
      },
      required: ['parameterSetName', 'Uri', 'Batch'],
      additionalProperties: false,
    },
  ],
} as const;
