// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { ObjectOf } from 'ts-cmdlet';
import type { outputs } from '../outputs.ts';

/** The parameters of Measure-ShelfItem: one variant for each parameter set. */
export type MeasureShelfItemParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** An item, as Get-ShelfItem writes it. */
  readonly InputObject: ObjectOf<typeof outputs, 'Shelf.Item'>;
};

/** What ajv checks when parameters of Measure-ShelfItem arrive from PowerShell. */
export const MeasureShelfItemSchema = {
  $id: 'Measure-ShelfItem',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    InputObject: {
      type: 'object',
      properties: {
        $type: { const: 'PSObject' },
        $typeName: { type: 'string' },
        properties: { type: 'object' },
      },
      required: ['$type', '$typeName', 'properties'],
      additionalProperties: false,
      'x-typeName': 'Shelf.Item',
    },
  },
  required: ['parameterSetName', 'InputObject'],
  additionalProperties: false,
} as const;
