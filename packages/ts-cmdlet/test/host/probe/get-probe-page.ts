import { defineCmdlet, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { GetProbePageParameters } from './generated/index.ts';

interface PagePlan extends Plan {
  readonly parameters: GetProbePageParameters;
}

/** Get-ProbePage: gives back as JSON how it is to page. */
export const getProbePage = defineCmdlet<GetProbePageParameters, PagePlan>({
  plan: parameters => ({ parameters }),
  run: ({ parameters }, invocation) => invocation.writeObject(JSON.stringify(parameters)),
});
