import { defineCmdlet, type Invocation, type Plan } from 'ts-cmdlet';
import { completeName } from './completers.ts';
import type { GetShelfItemParameters } from './generated/index.ts';
import { findItems, listPages, toItem } from './service.ts';

interface GetItemPlan extends Plan {
  readonly names: readonly string[] | undefined;
  readonly skip: number;
  readonly first: number;
}

/** Get-ShelfItem: the service pages where all items are asked for; names and patterns are found here, and paged here. */
export const getItem = defineCmdlet<GetShelfItemParameters, GetItemPlan>({
  plan: ({ Name, Skip, First }) => ({
    names: Name,
    skip: Number(Skip?.value ?? 0),
    first: Number(First?.value ?? Infinity),
  }),
  complete: { Name: completeName },
  run: ({ names, skip, first }, invocation) =>
    names === undefined ? writeAll(invocation, skip, first) : writeFound(invocation, names, skip, first),
});

async function writeAll(invocation: Invocation, skip: number, first: number): Promise<void> {
  let isFirstPage = true;
  for await (const { total, items } of listPages(invocation, skip, first)) {
    if (isFirstPage) invocation.writeTotalCount(total);
    isFirstPage = false;
    for (const item of items) await invocation.writeObject(toItem(item));
  }
}

async function writeFound(
  invocation: Invocation,
  names: readonly string[],
  skip: number,
  first: number,
): Promise<void> {
  // Only who has read all knows how many there are.
  invocation.writeTotalCount(0, 0);
  if (first === 0) return;
  let found = 0;
  for await (const item of findItems(invocation, names)) {
    found += 1;
    if (found > skip) await invocation.writeObject(toItem(item));
    if (found >= skip + first) return;
  }
}
