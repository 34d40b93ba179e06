import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

/** What Get-SessionHost of SessionHost.ps1 returns. */
export const SessionHost = hashtableSchema({ isSeen: Type.Boolean() });
