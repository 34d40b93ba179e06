import { appendFileSync } from 'node:fs';
import { definePipelineCmdlet, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { MeasureProbeParameters } from './generated/index.ts';

interface MeasurePlan extends Plan {
  readonly parameters: MeasureProbeParameters;
}

/**
 * Measure-Probe: tells each record as it comes and the sum at the end, by the name of the command line where it has one;
 * notes in its file that it was closed.
 */
export const measureProbe = definePipelineCmdlet<MeasureProbeParameters, MeasurePlan>((commandLine, closed) => {
  let count = 0;
  let sum = 0;
  return {
    plan: parameters => ({ parameters }),
    async run({ parameters: { Name, Size, Path } }, invocation) {
      if (count === 0 && Path !== undefined)
        closed.addEventListener('abort', () => appendFileSync(Path, `closed at ${count}\n`));
      count += 1;
      sum += Size ?? 0;
      await invocation.writeObject(`${Name ?? '-'} ${Size ?? '-'}`);
    },
    end(invocation) {
      const { Name = '' } = commandLine;
      return invocation.writeObject(`sum ${sum} of ${count}${Name && ` for ${Name}`}`);
    },
  };
});
