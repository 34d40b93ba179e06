import { Type } from 'typebox';

/** What Get-NetworkSetting of NetworkSettings.ps1 returns: `NAME=value`, and the URL of .NET's proxy. */
export const NetworkSetting = Type.Object({
  variables: Type.Array(Type.String({ pattern: '^[A-Za-z_]+=' })),
  defaultProxy: Type.Optional(Type.String({ minLength: 1 })),
});
