import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

/** What Get-NetworkSetting of NetworkSettings.ps1 returns: `NAME=value`, and the URL of .NET's proxy. */
export const NetworkSetting = hashtableSchema({
  variables: Type.Array(Type.String({ pattern: '^[A-Za-z_]+=' })),
  defaultProxy: Type.Optional(Type.String({ minLength: 1 })),
});
