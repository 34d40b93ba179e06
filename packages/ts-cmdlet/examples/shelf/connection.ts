import { CmdletError } from 'ts-cmdlet';

/** Where the shelf is, and what opens it. */
export interface ShelfAddress {
  /** Ends with a slash, so that paths are below it. */
  readonly url: URL;
  readonly key: string;
}

let address: ShelfAddress | undefined;

/** Keeps the shelf of this session; undefined forgets it. */
export function useShelf(chosen: ShelfAddress | undefined): void {
  address = chosen;
}

/** The shelf of this session. @throws CmdletError `NotConnected` */
export function currentShelf(): ShelfAddress {
  if (address) return address;
  throw new CmdletError({
    errorId: 'NotConnected',
    category: 'ConnectionError',
    message: 'This session has no shelf.',
    recommendedAction: 'Run Connect-Shelf first.',
  });
}
