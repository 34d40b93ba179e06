import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

/** An ErrorRecord as it crosses ("Values" in the guide of ts-cmdlet). */
export const CrossedError = Type.Object({
  $type: Type.Literal('PSObject'),
  properties: Type.Object({
    FullyQualifiedErrorId: Type.String(),
    Category: Type.String(),
    Message: Type.String(),
    RecommendedAction: Type.String(),
    TargetObject: Type.String(),
    ExceptionType: Type.String(),
    InnerExceptions: Type.Array(Type.String()),
    Data: Type.Object({ entries: Type.Record(Type.String(), Type.String()) }),
    Command: Type.String(),
    ScriptName: Type.String(),
    ScriptLineNumber: Type.Number(),
    ScriptStackTrace: Type.String(),
  }),
});

/** What Get-SessionError of SessionErrors.ps1 returns. */
export const SessionErrors = hashtableSchema({ errors: Type.Array(CrossedError) });
