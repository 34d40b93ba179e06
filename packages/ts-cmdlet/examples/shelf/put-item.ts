import type { TypedObject } from 'ts-cmdlet';
import type { FetchCall } from 'ts-cmdlet/fetch';
import type { BodyInit } from 'undici';
import { itemPath, readItem, send } from './service.ts';

/** Uploads the content of an item; with `create` an item of that name is an error. */
export async function putItem(
  call: FetchCall,
  name: string,
  body: BodyInit,
  labels: readonly string[],
  mode: 'create' | 'replace',
): Promise<TypedObject> {
  const query = new URLSearchParams(mode === 'create' ? { create: 'true' } : {});
  for (const label of labels) query.append('label', label);
  return readItem(await send(call, { method: 'PUT', path: `${itemPath(name)}?${query}`, body, item: name }));
}
