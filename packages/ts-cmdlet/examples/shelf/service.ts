import { dateTimeOffset, type Invocation, type TypedObject, type Validator, WildcardPattern } from 'ts-cmdlet';
import { createFetch, type FetchCall } from 'ts-cmdlet/fetch';
import type { RequestInit, Response } from 'undici';
import { currentShelf } from './connection.ts';
import { Item } from './outputs.ts';
import { answerInvalid, isOfOneItem, serviceRefused } from './service-error.ts';
import type { ServiceItem, ServicePage } from './service-messages.ts';
import { serviceItem, servicePage } from './service-validators.ts';

/** How many items are asked for at once. */
const PAGE_SIZE = 100;

/** A request to the shelf; `path` is below its address, `timeoutMs` that of `createFetch`. */
export interface ShelfRequest extends Omit<RequestInit, 'headers'> {
  readonly path: string;
  /** What an error is about; the service when absent. */
  readonly item?: string;
  readonly timeoutMs?: number;
}

/** Sends a request with the key, and gives the answer where it is one of success. @throws CmdletError */
export async function send(
  call: FetchCall,
  { path, item, timeoutMs, ...init }: ShelfRequest,
  { url, key } = currentShelf(),
): Promise<Response> {
  const fetch = createFetch(call, timeoutMs === undefined ? {} : { timeoutMs });
  const answer = await fetch(new URL(path, url), { ...init, headers: { authorization: `Bearer ${key}` } });
  if (answer.ok) return answer;
  await answer.body?.cancel();
  throw serviceRefused(answer.status, item ?? url.host);
}

/** The JSON of an answer. @throws CmdletError where it is of another shape */
export async function readJson<T>(answer: Response, validator: Validator<T>): Promise<T> {
  const json: unknown = await answer.json().catch(() => undefined);
  if (validator.accepts(json)) return json;
  throw answerInvalid(validator.explain());
}

/** The path of an item, below the address. */
export function itemPath(name: string): string {
  return `items/${encodeURIComponent(name)}`;
}

/** An answer that is an item, as the cmdlets write it. */
export async function readItem(answer: Response): Promise<TypedObject> {
  return toItem(await readJson(answer, serviceItem));
}

/** An item of the service as the cmdlets write it. */
export function toItem({ name, size, labels, modified }: ServiceItem): TypedObject {
  return Item({ Name: name, Size: size, Labels: labels, Modified: dateTimeOffset(new Date(modified)) });
}

/** All items, or `first` behind `skip`, page by page: the next is asked for when it is wanted. */
export async function* listPages(call: FetchCall, skip = 0, first = Infinity): AsyncGenerator<ServicePage> {
  let left = first;
  let start = `skip=${skip}`;
  while (true) {
    const path = `items?${start}&limit=${Math.min(left, PAGE_SIZE)}`;
    const page = await readJson(await send(call, { path }), servicePage);
    yield page;
    left -= page.items.length;
    if (left <= 0 || page.next === null) return;
    // Not by a number: items may be removed between two pages, even by the pipeline that reads them.
    start = `after=${encodeURIComponent(page.next)}`;
  }
}

/** The items of names and patterns. A name without an item is a non-terminating error. */
export async function* findItems(invocation: Invocation, names: readonly string[]): AsyncGenerator<ServiceItem> {
  for (const name of names) {
    if (WildcardPattern.containsWildcards(name)) {
      const pattern = new WildcardPattern(name);
      for await (const { items } of listPages(invocation)) yield* items.filter(item => pattern.isMatch(item.name));
      continue;
    }
    try {
      yield await readJson(await send(invocation, { path: itemPath(name), item: name }), serviceItem);
    } catch (error) {
      if (!isOfOneItem(error)) throw error;
      invocation.writeError(error);
    }
  }
}
