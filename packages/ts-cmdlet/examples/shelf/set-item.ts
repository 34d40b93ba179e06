import { defineCmdlet, type Plan } from 'ts-cmdlet';
import { completeLabel, completeName } from './completers.ts';
import type { SetShelfItemParameters } from './generated/index.ts';
import { itemPath, readItem, send } from './service.ts';

interface SetItemPlan extends Plan {
  readonly parameters: SetShelfItemParameters;
}

/** Set-ShelfItem: gives an item other labels. */
export const setItem = defineCmdlet<SetShelfItemParameters, SetItemPlan>({
  plan: parameters => ({
    parameters,
    confirm: { target: parameters.Name, action: `Set the labels to '${parameters.Label.join(', ')}'` },
  }),
  complete: { Name: completeName, Label: completeLabel },
  async run({ parameters: { Name, Label, PassThru = false } }, invocation) {
    const body = JSON.stringify({ labels: Label });
    const answer = await send(invocation, { method: 'PATCH', path: itemPath(Name), body, item: Name });
    const item = await readItem(answer);
    if (PassThru) await invocation.writeObject(item);
  },
});
