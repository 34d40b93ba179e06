import { defineCmdlet, type Plan } from 'ts-cmdlet';
import { completeLabel } from './completers.ts';
import type { NewShelfItemParameters } from './generated/index.ts';
import { putItem } from './put-item.ts';

interface NewItemPlan extends Plan {
  readonly parameters: NewShelfItemParameters;
}

/** New-ShelfItem: puts a text on the shelf, unless there is an item of that name. */
export const newItem = defineCmdlet<NewShelfItemParameters, NewItemPlan>({
  plan: parameters => ({ parameters, confirm: { target: parameters.Name, action: 'Create an item' } }),
  complete: { Label: completeLabel },
  async run({ parameters: { Name, Content, Label = [] } }, invocation) {
    await invocation.writeObject(await putItem(invocation, Name, Content, Label, 'create'));
  },
});
