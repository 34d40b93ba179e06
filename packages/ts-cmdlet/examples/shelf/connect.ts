import { CmdletError, defineCmdlet, type Plan, wireScalar } from 'ts-cmdlet';
import { type ShelfAddress, useShelf } from './connection.ts';
import type { ConnectShelfParameters } from './generated/index.ts';
import { Connection } from './outputs.ts';
import { readJson, send } from './service.ts';
import { servicePage } from './service-validators.ts';

interface ConnectPlan extends Plan {
  readonly address: ShelfAddress;
}

/** Connect-Shelf: asks the service whether it takes the key, then keeps both. */
export const connect = defineCmdlet<ConnectShelfParameters, ConnectPlan>({
  plan: ({ Uri, Key }) => ({ address: { url: shelfUrl(Uri.value), key: Key } }),
  async run({ address }, invocation) {
    const { total } = await readJson(await send(invocation, { path: 'items?limit=0' }, address), servicePage);
    useShelf(address);
    await invocation.writeObject(Connection({ Uri: wireScalar('System.Uri', address.url.href), Items: total }));
  },
});

/** The address with a slash at its end. The key goes over HTTPS, or does not leave the machine. */
function shelfUrl(text: string): URL {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`);
  const isOnThisMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isOnThisMachine)) return url;
  throw new CmdletError({
    errorId: 'UriNotSecure',
    category: 'InvalidArgument',
    message: `${text} is no address that a key may be sent to.`,
    recommendedAction: 'Pass an address that begins with https://.',
    target: text,
  });
}
