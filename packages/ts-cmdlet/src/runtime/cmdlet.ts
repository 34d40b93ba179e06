import type { ErrorCategory, SessionCulture, WireErrorRecord, WireProgressRecord } from '../protocol/messages.ts';

// What a module author writes: a cmdlet with two steps. `plan` decides, `run` acts; nothing but a plan exists while
// PowerShell asks the user, so -WhatIf cannot leave a trace.

/** What a cmdlet is about to do. A cmdlet asks for confirmation when its plan names a target and an action. */
export interface Plan {
  /** `What if: Performing the operation "<action>" on target "<target>".` Neither may hold a secret. */
  readonly confirm?: { readonly target: string; readonly action: string };
  /** Told before the question, so that a preview shows them too. */
  readonly warnings?: readonly string[];
  /**
   * `run` asks `shouldProcess` before each thing that it does, so it may be called under -WhatIf too, as may the pipeline's
   * `end` where all plans say so. A plan of a cmdlet with -WhatIf has this or `confirm`; a call of one with neither is an
   * error.
   */
  readonly runsUnderWhatIf?: boolean;
}

/**
 * A cmdlet's implementation. `Parameters` is the generated type for its help page, `P` what `plan` hands to `run`.
 */
export interface Cmdlet<Parameters, P extends Plan = Plan> {
  /**
   * Validates the parameters and says what would happen. It is handed nothing to act with and must not act: no network,
   * files, cache or browser. Throws a `CmdletError` for a wrong call.
   */
  plan(parameters: Parameters): P;
  /** Does it. Objects, records and questions go through `invocation`; a thrown `CmdletError` ends the cmdlet. */
  run(plan: P, invocation: Invocation): Promise<void>;
  /** What completes the values of parameters, by their names. */
  readonly complete?: Completers<Parameters>;
}

/** What a cmdlet does with the records of one pipeline, or with a single call. */
export interface PipelineCmdlet<Parameters, P extends Plan = Plan> extends Omit<Cmdlet<Parameters, P>, 'complete'> {
  /**
   * Called once after the last record, and where there was none; not where the pipeline was stopped or has failed. Under
   * -WhatIf it is called only where each record's plan has `runsUnderWhatIf`, and there was one.
   */
  end?(invocation: Invocation): Promise<void>;
}

/**
 * What was bound on the command line, and so holds for a whole pipeline, as a function's begin, process and end blocks all
 * see it (about_Functions_Advanced_Methods). The set may not be decided yet, and any parameter may still come with a
 * record: each is optional.
 */
export type CommandLine<Parameters> = {
  readonly [Name in Exclude<NamesIn<Parameters>, 'parameterSetName'>]?: Exclude<ValueIn<Parameters, Name>, undefined>;
};

/** What completes the values of a cmdlet's parameters. */
export type Completers<Parameters> = {
  readonly [Name in Exclude<NamesIn<Parameters>, 'parameterSetName'>]?: Completer;
};

/**
 * Returns the values that a word may become, when Tab is pressed: what the word is compared with is the completer's matter,
 * and quotes are PowerShell's. It has a second, after which its signal is aborted. What it throws is in the debug stream.
 * @param word what stands there so far, without quotes
 * @param bound the other parameters as far as the text says what they are; none has been converted to its type
 */
export type Completer = (
  word: string,
  bound: Readonly<Record<string, unknown>>,
  call: CompletionCall,
) => Promise<Iterable<string | Completion>> | Iterable<string | Completion>;

/** What a completer can do in PowerShell's process. */
export type CompletionCall = Pick<Invocation, 'signal' | 'callHost' | 'getProxy' | 'getCulture' | 'writeDebug'>;

/** One value that a word may become. */
export interface Completion {
  readonly text: string;
  /** What the list shows; the text when absent. */
  readonly listText?: string;
  /** What is shown of the value that is chosen in the list. */
  readonly tooltip?: string;
  /** A name of System.Management.Automation.CompletionResultType; `ParameterValue` when absent. */
  readonly kind?:
    | 'Text'
    | 'ParameterValue'
    | 'ProviderItem'
    | 'ProviderContainer'
    | 'Variable'
    | 'Type'
    | 'Command'
    | 'Property';
}

type NamesIn<Parameters> = Parameters extends unknown ? keyof Parameters : never;
type ValueIn<Parameters, Name> = Parameters extends unknown
  ? Name extends keyof Parameters
    ? Parameters[Name]
    : never
  : never;

/** A cmdlet as a core's registry has it, which need not know the plan's type. */
export interface RunnableCmdlet<Parameters> {
  readonly complete?: Completers<Parameters>;
  /** Begins a pipeline; `closed` is aborted when it is over, in whatever way. */
  begin(commandLine: CommandLine<Parameters>, closed: AbortSignal): RunnablePipeline<Parameters>;
}

/** One pipeline of a cmdlet. */
export interface RunnablePipeline<Parameters> {
  prepare(parameters: Parameters): { readonly plan: Plan; run(invocation: Invocation): Promise<void> };
  end?(invocation: Invocation): Promise<void>;
}

/** Wraps a cmdlet for the registry of a core. */
export function defineCmdlet<Parameters, P extends Plan>(cmdlet: Cmdlet<Parameters, P>): RunnableCmdlet<Parameters> {
  return definePipelineCmdlet(() => cmdlet, cmdlet.complete);
}

/**
 * Wraps a cmdlet that keeps something between the records of a pipeline, or acts behind the last: `begin` makes a handler
 * for each pipeline, by what was bound on the command line. What it opens is to be closed when `closed` is aborted. A
 * completer belongs to no pipeline, so those of the cmdlet come beside.
 */
export function definePipelineCmdlet<Parameters, P extends Plan>(
  begin: (commandLine: CommandLine<Parameters>, closed: AbortSignal) => PipelineCmdlet<Parameters, P>,
  complete?: Completers<Parameters>,
): RunnableCmdlet<Parameters> {
  return {
    ...(complete && { complete }),
    begin(commandLine, closed) {
      const cmdlet = begin(commandLine, closed);
      return {
        prepare(parameters) {
          const plan = cmdlet.plan(parameters);
          return { plan, run: invocation => cmdlet.run(plan, invocation) };
        },
        ...(cmdlet.end && { end: invocation => cmdlet.end?.(invocation) ?? Promise.resolve() }),
      };
    },
  };
}

/** One call of a cmdlet: PowerShell's streams and questions, as on `$PSCmdlet`. */
export interface Invocation {
  /**
   * Aborted by Ctrl+C, when the pipeline needs no more output, and at the end of the call: what is handed it ends with the
   * call at the latest. Its reason is an `InvocationStopped`.
   */
  readonly signal: AbortSignal;
  /** Whether this is a preview: -WhatIf, or $WhatIfPreference of the caller. Only a plan with `runsUnderWhatIf` sees true. */
  readonly isWhatIf: boolean;
  /**
   * Writes an object, as it is at this moment. Wait for it where there are many: it holds back for a slow pipeline. What
   * JavaScript has no type for is said by values.ts; wire-value.ts says what cannot cross.
   */
  writeObject(value: unknown): Promise<void>;
  /**
   * Writes how many objects there are without paging, where -IncludeTotalCount asks for it: before the objects, for a cmdlet
   * whose help has -First, -Skip and -IncludeTotalCount.
   * @param accuracy from 0, where the count is unknown, to 1, where it is exact; in between it is an estimate
   * @throws RangeError for a count that is not a whole number from 0 on, and for an accuracy outside of 0 to 1
   */
  writeTotalCount(count: number, accuracy?: number): void;
  /** Writes a non-terminating error. */
  writeError(error: CmdletError): void;
  /** Writes a warning. One that `mustBeSeen` reaches the screen even where warnings are silent and progress is hidden. */
  writeWarning(message: string, options?: { readonly mustBeSeen?: boolean }): void;
  writeVerbose(message: string): void;
  writeDebug(message: string): void;
  writeInformation(message: string, tags?: readonly string[]): void;
  writeProgress(record: WireProgressRecord): void;
  /**
   * Asks as `$PSCmdlet.ShouldProcess` does: false under -WhatIf or when the user says no. In a question, control
   * characters are written out, so that no value in it misleads its reader.
   */
  shouldProcess(target: string, action: string): Promise<boolean>;
  /**
   * Returns the URL of the proxy that the system, or .NET, has for an address, with its user and password; undefined for a
   * direct connection. The variables HTTPS_PROXY and HTTP_PROXY take precedence, and are the caller's to read.
   */
  getProxy(address: URL): Promise<string | undefined>;
  /** Returns the cultures of the session: `$PSCulture` for numbers and dates, `$PSUICulture` for texts. */
  getCulture(): Promise<SessionCulture>;
  /**
   * Has the core end once no call and no pipeline of it is open, so that nothing of what it held stays in memory, such as
   * secrets that are needed no more. The next call starts another; one that comes before the end keeps this one.
   */
  endCore(): void;
  /** Asks as `$PSCmdlet.ShouldContinue` does. */
  shouldContinue(query: string, caption: string): Promise<boolean>;
  /**
   * Calls a function of the module's own PowerShell (`hostFunctions` in module.json), for what only PowerShell's process
   * can do. Arguments and what it returns cross as all values do (values.ts); the caller checks the shape. Rejects with the
   * `CmdletError` that it throws, or that tells what cannot cross.
   */
  callHost(functionName: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** The reason of `Invocation.signal`: the user or the pipeline stopped the call, or it is over. */
export class InvocationStopped extends Error {
  constructor() {
    super('The call was stopped.');
    this.name = 'InvocationStopped';
  }
}

/** What a `CmdletError` is made of: the fields of a PowerShell ErrorRecord. */
export interface CmdletErrorDetails {
  /** The part of FullyQualifiedErrorId before the cmdlet's name, such as `InvalidApplicationId`. */
  readonly errorId: string;
  readonly category: ErrorCategory;
  /** What happened, in a sentence or two. */
  readonly message: string;
  /** What to do about it, in a sentence. */
  readonly recommendedAction: string;
  /** What it happened to, as text; never a secret. */
  readonly target?: string;
  readonly exceptionType?: string;
  readonly data?: Record<string, string>;
  readonly cause?: unknown;
}

/** An error for the user. It becomes an ErrorRecord: terminating when thrown, non-terminating through `writeError`. */
export class CmdletError extends Error {
  readonly details: CmdletErrorDetails;

  constructor(details: CmdletErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = 'CmdletError';
    this.details = details;
  }

  /** The record as it crosses to PowerShell. The cause stays behind: it is for a debugger, not for a user. */
  toRecord(): WireErrorRecord {
    const { errorId, category, message, recommendedAction, target = '', exceptionType, data } = this.details;
    return {
      errorId,
      category,
      message,
      recommendedAction,
      targetObject: target,
      ...(exceptionType !== undefined && { exceptionType }),
      ...(data !== undefined && { data }),
    };
  }
}
