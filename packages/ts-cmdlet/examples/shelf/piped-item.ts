import { CmdletError, type Static, type TypedObject } from 'ts-cmdlet';
import type { PipedItem } from './outputs.ts';
import { pipedItem } from './piped-item-validators.ts';

/** The item that -InputObject takes. PowerShell has looked at its type name alone. @throws CmdletError `InvalidItem` */
export function readPipedItem({ properties }: TypedObject): Static<typeof PipedItem> {
  if (pipedItem.accepts(properties)) return properties;
  throw new CmdletError({
    errorId: 'InvalidItem',
    category: 'InvalidData',
    message: `The object is no item as Get-ShelfItem writes it: ${pipedItem.explain()}.`,
    recommendedAction: 'Pass on what Get-ShelfItem has written.',
  });
}
