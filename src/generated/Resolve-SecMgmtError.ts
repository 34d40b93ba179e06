// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { TypedObject } from 'ts-cmdlet';

/** The parameters of Resolve-SecMgmtError: one variant for each parameter set. */
export type ResolveSecMgmtErrorParameters =
  | {
      readonly parameterSetName: 'AnyErrorParameterSet';
      /** The error records to display. */
      readonly Error?: readonly TypedObject[];
    }
  | {
      readonly parameterSetName: 'LastErrorParameterSet';
      /** Indicates that only the last error of a SecMgmt cmdlet is displayed. */
      readonly Last: boolean;
    };

/** What ajv checks when parameters of Resolve-SecMgmtError arrive from PowerShell. */
export const ResolveSecMgmtErrorSchema = {
  $id: 'Resolve-SecMgmtError',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'AnyErrorParameterSet' },
        Error: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              $type: { const: 'PSObject' },
              $typeName: { type: 'string' },
              properties: { type: 'object' },
            },
            required: ['$type', '$typeName', 'properties'],
            additionalProperties: false,
          },
        },
      },
      required: ['parameterSetName'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'LastErrorParameterSet' },
        Last: { type: 'boolean' },
      },
      required: ['parameterSetName', 'Last'],
      additionalProperties: false,
    },
  ],
} as const;
