import { definePipelineCmdlet, type Invocation, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import type { Static } from 'typebox';
import type { ResolveSecMgmtErrorParameters } from '../generated/Resolve-SecMgmtError.ts';
import type { CrossedError } from './error-messages.ts';
import { crossedError, sessionErrors } from './error-validators.ts';
import { mgmtErrorRecord } from './mgmt-error-record.ts';

type ErrorSource = 'session' | 'last' | readonly unknown[];

interface ResolvePlan extends Plan {
  readonly source: ErrorSource;
}

/** Resolve-SecMgmtError: returns a MgmtErrorRecord for each error. */
export function resolveError(): RunnableCmdlet<ResolveSecMgmtErrorParameters> {
  return definePipelineCmdlet<ResolveSecMgmtErrorParameters, ResolvePlan>(() => ({
    plan: parameters => ({ source: sourceOf(parameters) }),
    async run({ source }, invocation) {
      for (const error of await errorsOf(source, invocation)) await invocation.writeObject(mgmtErrorRecord(error));
    },
  }));
}

function sourceOf(parameters: ResolveSecMgmtErrorParameters): ErrorSource {
  if (parameters.parameterSetName === 'LastErrorParameterSet') return parameters.Last ? 'last' : 'session';
  return parameters.Error ?? 'session';
}

async function errorsOf(source: ErrorSource, invocation: Invocation): Promise<readonly Static<typeof CrossedError>[]> {
  if (typeof source !== 'string') return source.filter(error => crossedError.accepts(error));
  const answer = await invocation.callHost('Get-SessionError', {
    Module: 'SecMgmt',
    CommandPattern: String.raw`,\w+-SecMgmt\w+$`,
    Count: source === 'last' ? '1' : '',
  });
  if (!sessionErrors.accepts(answer)) throw new Error(`The answer of Get-SessionError: ${sessionErrors.explain()}`);
  const { errors } = answer.entries;
  if (errors.length === 0) invocation.writeVerbose('No SecMgmt cmdlet has had an error in this session.');
  return errors;
}
