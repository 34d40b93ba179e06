// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { PSCredential } from '../../host/values.ts';

/** The parameters of Test-Probe: one variant for each parameter set. */
export type TestProbeParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** What to do. */
  readonly Mode: string;
  /** Texts to write back. */
  readonly Value?: readonly string[];
  /** How many objects to write. */
  readonly Count?: number;
  /** A credential to write back. */
  readonly Credential?: PSCredential;
  /** A switch to write back. */
  readonly Force?: boolean;
};

/** What ajv checks when parameters of Test-Probe arrive from PowerShell. */
export const TestProbeSchema = {
  $id: 'Test-Probe',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Mode: { type: 'string' },
    Value: {
      type: 'array',
      items: { type: 'string' },
    },
    Count: { type: 'integer' },
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
    Force: { type: 'boolean' },
  },
  required: ['parameterSetName', 'Mode'],
  additionalProperties: false,
} as const;
