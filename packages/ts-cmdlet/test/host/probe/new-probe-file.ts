import { writeFile } from 'node:fs/promises';
import { defineCmdlet, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { NewProbeFileParameters } from './generated/index.ts';

interface FilePlan extends Plan {
  readonly path: string;
}

/** New-ProbeFile: makes a file, whose path is resolved before it is planned. */
export const newProbeFile = defineCmdlet<NewProbeFileParameters, FilePlan>({
  plan: ({ Path }) => ({ path: Path, confirm: { target: Path, action: 'Make a file' } }),
  async run({ path }, invocation) {
    await writeFile(path, 'made');
    await invocation.writeObject(path);
  },
});
