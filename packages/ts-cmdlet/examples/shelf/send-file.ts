import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CmdletError, defineCmdlet, type Plan } from 'ts-cmdlet';
import { completeLabel } from './completers.ts';
import type { SendShelfFileParameters } from './generated/index.ts';
import { putItem } from './put-item.ts';
import { isOfOneItem } from './service-error.ts';

interface SendFilePlan extends Plan {
  readonly paths: readonly string[];
  readonly labels: readonly string[];
}

const activity = 'Sending files to the shelf';

/** Send-ShelfFile: uploads each file, and asks before each. Its paths are full ones already. */
export const sendFile = defineCmdlet<SendShelfFileParameters, SendFilePlan>({
  plan: ({ Path, Label = [] }) => ({ paths: Path, labels: Label, runsUnderWhatIf: true }),
  complete: { Label: completeLabel },
  async run({ paths, labels }, invocation) {
    for (const [index, file] of paths.entries()) {
      if (!(await invocation.shouldProcess(file, 'Upload a file'))) continue;
      const percentComplete = Math.floor((index / paths.length) * 100);
      invocation.writeProgress({ activity, status: path.basename(file), percentComplete });
      try {
        const content = await openFile(file);
        await invocation.writeObject(await putItem(invocation, path.basename(file), content, labels, 'replace'));
      } catch (error) {
        if (!isOfOneItem(error)) throw error;
        invocation.writeError(error);
      }
    }
    invocation.writeProgress({ activity, status: 'Done', completed: true });
  },
});

/** The content of a file, which is read while it is sent. */
async function openFile(file: string): Promise<Blob> {
  try {
    if ((await stat(file)).isFile()) return await openAsBlob(file);
    throw new Error('it is no file');
  } catch (error) {
    throw new CmdletError({
      errorId: 'FileNotReadable',
      category: 'ReadError',
      message: `${file} cannot be read: ${error instanceof Error ? error.message : error}.`,
      recommendedAction: 'Pass the path of a file that you may read.',
      target: file,
      cause: error,
    });
  }
}
