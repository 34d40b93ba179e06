import type { SessionCulture, WireProgressRecord } from '../protocol/messages.ts';
import type { CmdletError, CommandLine, Invocation, Plan, RunnableCmdlet } from './cmdlet.ts';
import { checkTotalCount } from './invocation.ts';
import { PipelinePreview } from './pipeline-preview.ts';

// What an author's tests run handlers with: no PowerShell, no process, nothing asked.

/** How PowerShell would behave in a test. */
export interface RunOptions<Parameters> {
  /**
   * Whether the call has -WhatIf: with `true`, `run` and `end` are called only for plans with `runsUnderWhatIf`. Absent for a
   * cmdlet whose help has no -WhatIf.
   */
  readonly whatIf?: boolean;
  /** What was bound before the first record; by default nothing was. */
  readonly commandLine?: CommandLine<Parameters>;
  /** The answers to `shouldProcess` and `shouldContinue` in the middle of `run`; yes where absent. */
  readonly answer?: (question: string) => boolean;
  /** Stands in for the module's own PowerShell. */
  readonly callHost?: Invocation['callHost'];
  /** The URL of the proxy that the system has for all addresses; none where absent. */
  readonly proxy?: string;
  /** The cultures of the session; en-US where absent. */
  readonly culture?: SessionCulture;
  /** Aborted to stop the pipeline. */
  readonly signal?: AbortSignal;
}

/** What a handler decided and wrote, in its order. */
export interface CmdletRun {
  readonly plans: readonly Plan[];
  readonly output: readonly unknown[];
  /** What `writeTotalCount` told, whether or not -IncludeTotalCount asks for it. */
  readonly totalCounts: readonly { readonly count: number; readonly accuracy: number }[];
  readonly errors: readonly CmdletError[];
  readonly warnings: readonly string[];
  readonly verbose: readonly string[];
  readonly debug: readonly string[];
  readonly information: readonly string[];
  readonly progress: readonly WireProgressRecord[];
  /** Whether `endCore` was called. */
  readonly hasEndedCore: boolean;
}

/**
 * Runs a cmdlet as PowerShell would, once for each record of a pipeline and then its end, and gives what came of it. The
 * parameters are those that the handler sees. Rejects with what the handler throws.
 */
export async function runCmdlet<Parameters>(
  cmdlet: RunnableCmdlet<Parameters>,
  records: readonly Parameters[],
  options: RunOptions<Parameters> = {},
): Promise<CmdletRun> {
  const { whatIf, commandLine = {}, answer = () => true, callHost = noHost } = options;
  const closing = new AbortController();
  const done: Recorded = {
    plans: [],
    output: [],
    totalCounts: [],
    errors: [],
    warnings: [],
    verbose: [],
    debug: [],
    information: [],
    progress: [],
    hasEndedCore: false,
  };
  const { plans, output, totalCounts, errors, warnings, verbose, debug, information, progress } = done;
  const invocation: Invocation = {
    signal: AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])]),
    isWhatIf: whatIf === true,
    writeObject: async value => void output.push(value),
    writeTotalCount(count, accuracy = 1) {
      checkTotalCount(count, accuracy);
      totalCounts.push({ count, accuracy });
    },
    getProxy: async () => options.proxy,
    getCulture: async () => options.culture ?? { culture: 'en-US', uiCulture: 'en-US' },
    writeError: error => void errors.push(error),
    writeWarning: message => void warnings.push(message),
    writeVerbose: message => void verbose.push(message),
    writeDebug: message => void debug.push(message),
    writeInformation: message => void information.push(message),
    writeProgress: record => void progress.push(record),
    shouldProcess: async (target, action) => !whatIf && answer(`${action} on ${target}`),
    shouldContinue: async query => answer(query),
    endCore() {
      done.hasEndedCore = true;
    },
    callHost,
  };
  const preview = new PipelinePreview('The cmdlet');
  try {
    const pipeline = cmdlet.begin(commandLine, closing.signal);
    for (const parameters of records) {
      const { plan, run } = pipeline.prepare(parameters);
      plans.push(plan);
      const mayRun = preview.allowsRun(plan, whatIf);
      warnings.push(...(plan.warnings ?? []));
      if (mayRun) await run(invocation);
    }
    if (preview.allowsEnd(whatIf)) await pipeline.end?.(invocation);
    return done;
  } finally {
    closing.abort();
  }
}

type Recorded = {
  -readonly [Name in keyof CmdletRun]: CmdletRun[Name] extends readonly (infer Item)[] ? Item[] : CmdletRun[Name];
};

function noHost(functionName: string): Promise<never> {
  const reason = `The handler calls ${functionName}, and the test says nothing of it: pass callHost.`;
  return Promise.reject(new Error(reason));
}
