import { defineCmdlet, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { GetProbePageParameters } from './generated/index.ts';

interface PagePlan extends Plan {
  readonly parameters: GetProbePageParameters;
}

/** Get-ProbePage: gives back as JSON how it is to page, and behind it that there are about 42 in all. */
export const getProbePage = defineCmdlet<GetProbePageParameters, PagePlan>({
  plan: parameters => ({ parameters }),
  async run({ parameters }, invocation) {
    await invocation.writeObject(JSON.stringify(parameters));
    invocation.writeTotalCount(42, 0.5);
  },
});
