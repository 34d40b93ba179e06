import { defineCmdlet } from 'ts-cmdlet';
import { useShelf } from './connection.ts';
import type { DisconnectShelfParameters } from './generated/index.ts';

/** Disconnect-Shelf: forgets the address and the key, which are out of the memory when the core has ended. */
export const disconnect = defineCmdlet<DisconnectShelfParameters, object>({
  plan: () => ({}),
  async run(_plan, invocation) {
    useShelf(undefined);
    invocation.endCore();
  },
});
