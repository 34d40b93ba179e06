import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

/** What Resolve-RequestFile of RequestFile.ps1 returns. */
export const RequestFile = hashtableSchema({ path: Type.String({ minLength: 1 }) });
