import { hashtable, type TypedObject, typedObject } from 'ts-cmdlet';
import type { Static } from 'typebox';
import type { CrossedError } from './error-messages.ts';

/** The data of an error that has a property of its own in a MgmtErrorRecord (docs/sign-in.md, "Errors"). */
const named = [
  'ErrorCode',
  'HttpStatus',
  'RequestId',
  'CorrelationId',
  'TraceId',
  'Timestamp',
  'AuthorityMessage',
  'IsRetriable',
];

/** What Resolve-SecMgmtError returns for an ErrorRecord: a MgmtErrorRecord. What is not known is null. */
export function mgmtErrorRecord({ properties: error }: Static<typeof CrossedError>): TypedObject {
  const { entries } = error.Data;
  const data = (name: string) => entries[name] ?? null;
  return typedObject('Microsoft.Online.SecMgmt.PowerShell.Models.Errors.MgmtErrorRecord', {
    Message: error.Message,
    RecommendedAction: error.RecommendedAction || null,
    ErrorId: error.FullyQualifiedErrorId,
    Category: error.Category,
    Target: error.TargetObject || null,
    Code: data('ErrorCode'),
    HttpStatus: data('HttpStatus'),
    ServiceMessage: data('AuthorityMessage'),
    RequestId: data('RequestId'),
    CorrelationId: data('CorrelationId'),
    TraceId: data('TraceId'),
    Timestamp: data('Timestamp'),
    IsRetriable: 'IsRetriable' in entries ? entries.IsRetriable === 'True' : null,
    Data: hashtable(Object.fromEntries(Object.entries(entries).filter(([name]) => !named.includes(name)))),
    Exception: error.ExceptionType,
    InnerExceptions: error.InnerExceptions,
    Command: error.Command || null,
    ScriptName: error.ScriptName || null,
    ScriptLineNumber: error.ScriptName === '' ? null : error.ScriptLineNumber,
    ScriptStackTrace: error.ScriptStackTrace || null,
  });
}
