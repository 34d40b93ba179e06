// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { ObjectOf } from 'ts-cmdlet';
import type { outputs } from '../outputs.ts';

/** The parameters of Remove-ShelfItem: one variant for each parameter set. */
export type RemoveShelfItemParameters =
  | {
      readonly parameterSetName: 'ByName';
      /** The names of the items, or patterns such as *.tmp. */
      readonly Name: readonly string[];
      /** Removes items without a question. With WhatIf nothing is removed all the same. */
      readonly Force?: boolean;
    }
  | {
      readonly parameterSetName: 'ByItem';
      /** An item, as Get-ShelfItem writes it. */
      readonly InputObject: ObjectOf<typeof outputs, 'Shelf.Item'>;
      /** Removes items without a question. With WhatIf nothing is removed all the same. */
      readonly Force?: boolean;
    };

/** What ajv checks when parameters of Remove-ShelfItem arrive from PowerShell. */
export const RemoveShelfItemSchema = {
  $id: 'Remove-ShelfItem',
  type: 'object',
  oneOf: [
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'ByName' },
        Name: {
          type: 'array',
          items: { type: 'string' },
        },
        Force: { type: 'boolean' },
      },
      required: ['parameterSetName', 'Name'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        parameterSetName: { const: 'ByItem' },
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
        Force: { type: 'boolean' },
      },
      required: ['parameterSetName', 'InputObject'],
      additionalProperties: false,
    },
  ],
} as const;
