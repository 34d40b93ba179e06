import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

/** What Resolve-RequestFile of RequestFile.ps1 returns. */
export const RequestFile = hashtableSchema({ path: Type.String({ minLength: 1 }) });

const Text = Type.String();

/** A MgmtContext as it crosses, as far as it tells one account from another. */
export const ContextKey = Type.Object({
  properties: Type.Object({
    Account: Type.Object({
      properties: Type.Object({
        ObjectId: Text,
        Identifier: Text,
        Tenant: Text,
        Type: Type.Union([
          Type.Literal('AccessToken'),
          Type.Literal('Certificate'),
          Type.Literal('ManagedService'),
          Type.Literal('ServicePrincipal'),
          Type.Literal('User'),
        ]),
      }),
    }),
    Environment: Type.Object({ properties: Type.Object({ EnvironmentName: Text }) }),
  }),
});
