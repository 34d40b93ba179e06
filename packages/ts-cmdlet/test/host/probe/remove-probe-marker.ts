import { rm } from 'node:fs/promises';
import { definePipelineCmdlet, type Invocation, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { RemoveProbeMarkerParameters } from './generated/index.ts';

interface RemovePlan extends Plan {
  readonly path: string;
  readonly mayRemove: (invocation: Invocation) => Promise<boolean>;
}

const action = 'Remove a marker';

/** The forms in which an author may write a handler with -Force. */
const plans: { readonly [Form in NonNullable<RemoveProbeMarkerParameters['Handler']>]: typeof obvious } = {
  /** What comes to mind first, and is wrong: with -Force nobody asks whether this is a preview. */
  Obvious: obvious,
  Each: path => ({
    path,
    runsUnderWhatIf: true,
    mayRemove: invocation => invocation.shouldProcess(path, action),
  }),
  Confirm: path => ({ path, confirm: { target: path, action }, mayRemove: async () => true }),
};

function obvious(path: string, force: boolean): RemovePlan {
  return { path, mayRemove: async invocation => force || (await invocation.shouldProcess(path, action)) };
}

/** Remove-ProbeMarker: removes files, and says at its end that it has ended. */
export const removeProbeMarker = definePipelineCmdlet<RemoveProbeMarkerParameters, RemovePlan>(() => ({
  plan: ({ Path, Handler = 'Obvious', Force = false }) => plans[Handler](Path, Force),
  async run({ path, mayRemove }, invocation) {
    if (await mayRemove(invocation)) await rm(path);
  },
  end: invocation => invocation.writeObject('ended'),
}));
