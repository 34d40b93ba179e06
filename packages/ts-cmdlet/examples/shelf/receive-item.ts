import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CmdletError, defineCmdlet, type Plan } from 'ts-cmdlet';
import { completeName } from './completers.ts';
import type { ReceiveShelfItemParameters } from './generated/index.ts';
import { Download } from './outputs.ts';
import { itemPath, send } from './service.ts';

interface ReceiveItemPlan extends Plan {
  readonly name: string;
  readonly file: string;
  readonly replaces: boolean;
}

/** Receive-ShelfItem: downloads beside the file's place first, so that the file is whole or is not there. */
export const receiveItem = defineCmdlet<ReceiveShelfItemParameters, ReceiveItemPlan>({
  plan({ Name, Destination, Force = false }) {
    const file = path.join(Destination, fileName(Name));
    return { name: Name, file, replaces: Force, confirm: { target: file, action: `Download the item ${Name}` } };
  },
  complete: { Name: completeName },
  async run({ name, file, replaces }, invocation) {
    if (!replaces && existsSync(file)) throw fileExists(file);
    const { body } = await send(invocation, { path: `${itemPath(name)}/content`, item: name });
    const partial = createWriteStream(`${file}.part`);
    try {
      await pipeline(body ?? [], partial, { signal: invocation.signal });
      await rename(`${file}.part`, file);
    } catch (error) {
      await rm(`${file}.part`, { force: true });
      invocation.signal.throwIfAborted();
      throw notWritten(file, error);
    }
    await invocation.writeObject(Download({ Name: name, Path: file, Size: partial.bytesWritten }));
  },
});

/** A name as one of a file in the folder, and of no other: the service says what an item is called. */
function fileName(name: string): string {
  if (path.basename(name) === name && name !== '.' && name !== '..') return name;
  throw new CmdletError({
    errorId: 'InvalidFileName',
    category: 'InvalidArgument',
    message: `The item ${name} has a name that no file can have.`,
    recommendedAction: 'Pass the name of another item.',
    target: name,
  });
}

function fileExists(file: string): CmdletError {
  return new CmdletError({
    errorId: 'FileExists',
    category: 'ResourceExists',
    message: `${file} is there already.`,
    recommendedAction: 'Pass -Force to replace it.',
    target: file,
  });
}

function notWritten(file: string, cause: unknown): CmdletError {
  return new CmdletError({
    errorId: 'FileNotWritten',
    category: 'WriteError',
    message: `${file} could not be written: ${cause instanceof Error ? cause.message : cause}.`,
    recommendedAction: 'See whether the folder is there, and the service can be reached, and try again.',
    target: file,
    cause,
  });
}
