// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { PSCredential } from 'ts-cmdlet';

export type ColourName = 'Red' | 'Green' | 'Blue';

export type ShowProbeParameterSize = 'small' | 'large';

export type ShowProbeParameterSizes = 'small' | 'large';

/** The parameters of Show-ProbeParameter: one variant for each parameter set. */
export type ShowProbeParameterParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** A text. */
  readonly Text?: string;
  /** Several texts. */
  readonly Texts?: readonly string[];
  /** A whole number. */
  readonly Number?: number;
  /** Several whole numbers. */
  readonly Numbers?: readonly number[];
  /** A number. */
  readonly Ratio?: number;
  /** Yes or no. */
  readonly Flag?: boolean;
  /** A switch. */
  readonly On?: boolean;
  /** A colour. */
  readonly Colour?: ColourName;
  /** Several colours. */
  readonly Colours?: readonly ColourName[];
  /** A size. */
  readonly Size?: ShowProbeParameterSize;
  /** Several sizes. */
  readonly Sizes?: readonly ShowProbeParameterSizes[];
  /** A text by a name that dictionaries have. */
  readonly Keys?: string;
  /** A user name and a password. */
  readonly Credential?: PSCredential;
};

/** What ajv checks when parameters of Show-ProbeParameter arrive from PowerShell. */
export const ShowProbeParameterSchema = {
  $id: 'Show-ProbeParameter',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Text: { type: 'string' },
    Texts: {
      type: 'array',
      items: { type: 'string' },
    },
    Number: { type: 'integer' },
    Numbers: {
      type: 'array',
      items: { type: 'integer' },
    },
    Ratio: { type: 'number' },
    Flag: { type: 'boolean' },
    On: { type: 'boolean' },
    Colour: { type: 'string', enum: ['Red', 'Green', 'Blue'] },
    Colours: {
      type: 'array',
      items: { type: 'string', enum: ['Red', 'Green', 'Blue'] },
    },
    Size: { type: 'string', enum: ['small', 'large'] },
    Sizes: {
      type: 'array',
      items: { type: 'string', enum: ['small', 'large'] },
    },
    Keys: { type: 'string' },
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
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
