import { writeFile } from 'node:fs/promises';
import { defineCmdlet, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { SetProbeMarkerParameters } from './generated/index.ts';

interface MarkerPlan extends Plan {
  readonly path: string;
  readonly ask: boolean;
}

/** Set-ProbeMarker: writes a file, which is the trace that -WhatIf must not leave. */
export const setProbeMarker = defineCmdlet<SetProbeMarkerParameters, MarkerPlan>({
  plan: ({ Path, Ask = false }) => ({
    path: Path,
    ask: Ask,
    confirm: { target: Path, action: 'Write a marker' },
    warnings: [`About ${Path}.`],
  }),
  async run({ path, ask }, invocation) {
    await writeFile(path, 'started');
    if (ask && !(await invocation.shouldProcess(path, 'Write the rest'))) return;
    await writeFile(path, 'done');
    await invocation.writeObject(path);
  },
});
