import { Type } from 'typebox';

/** What Get-SessionHost of SessionHost.ps1 returns. */
export const SessionHost = Type.Object({ isSeen: Type.Boolean() });
