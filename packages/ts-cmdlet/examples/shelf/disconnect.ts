import { defineCmdlet } from 'ts-cmdlet';
import { useShelf } from './connection.ts';
import type { DisconnectShelfParameters } from './generated/index.ts';

/** Disconnect-Shelf: forgets the address and the key. */
export const disconnect = defineCmdlet<DisconnectShelfParameters, object>({
  plan: () => ({}),
  async run() {
    useShelf(undefined);
  },
});
