import { CmdletError, type Plan } from './cmdlet.ts';

/**
 * What -WhatIf allows one pipeline of a cmdlet to call. `whatIf` says whether a call is a preview, and is absent for a
 * cmdlet whose help has no -WhatIf: such a cmdlet may always act.
 */
export class PipelinePreview {
  readonly #cmdlet: string;
  #planned = 0;
  #running = 0;

  constructor(cmdlet: string) {
    this.#cmdlet = cmdlet;
  }

  /**
   * Whether `run` may be called for a plan, its question aside. Throws a `CmdletError` for a plan with which -WhatIf and
   * -Confirm would do nothing, also in a call without them: so the author meets the error, and not the user of -WhatIf.
   */
  allowsRun({ confirm, runsUnderWhatIf = false }: Plan, whatIf: boolean | undefined): boolean {
    if (whatIf !== undefined && confirm === undefined && !runsUnderWhatIf) throw notPreviewable(this.#cmdlet);
    this.#planned += 1;
    if (runsUnderWhatIf) this.#running += 1;
    return whatIf !== true || runsUnderWhatIf;
  }

  /** Whether `end` may be called: in a preview only where `run` was allowed for each record. */
  allowsEnd(whatIf: boolean | undefined): boolean {
    return whatIf !== true || (this.#planned > 0 && this.#running === this.#planned);
  }
}

function notPreviewable(cmdlet: string): CmdletError {
  return new CmdletError({
    errorId: 'PlanNotPreviewable',
    category: 'InvalidResult',
    message: `${cmdlet} was not run: it has -WhatIf, and its plan does not say what it would do.`,
    recommendedAction:
      "This is a fault of the module, not of the call: report it. Its author gives the plan 'confirm', or 'runsUnderWhatIf: true' where run asks shouldProcess before each change.",
    target: cmdlet,
  });
}
