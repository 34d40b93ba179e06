import { defineCmdlet, type Invocation, type Plan } from 'ts-cmdlet';
import { completeName } from './completers.ts';
import type { RemoveShelfItemParameters } from './generated/index.ts';
import { findItems, itemPath, send } from './service.ts';
import { isOfOneItem } from './service-error.ts';

interface RemoveItemPlan extends Plan {
  readonly parameters: RemoveShelfItemParameters;
}

/** Remove-ShelfItem: finds the items first, and asks before each. So its plan runs under -WhatIf. */
export const removeItem = defineCmdlet<RemoveShelfItemParameters, RemoveItemPlan>({
  plan: parameters => ({ parameters, runsUnderWhatIf: true }),
  complete: { Name: completeName },
  async run({ parameters }, invocation) {
    for await (const name of namesOf(parameters, invocation)) {
      // First, and without a condition: this is what -WhatIf and -Confirm see.
      if (!(await invocation.shouldProcess(name, 'Remove an item'))) continue;
      const query = `Remove ${name}? Its content is gone for good.`;
      if (!parameters.Force && !(await invocation.shouldContinue(query, 'Remove an item'))) continue;
      try {
        await send(invocation, { method: 'DELETE', path: itemPath(name), item: name });
      } catch (error) {
        if (!isOfOneItem(error)) throw error;
        invocation.writeError(error);
      }
    }
  },
});

async function* namesOf(parameters: RemoveShelfItemParameters, invocation: Invocation): AsyncGenerator<string> {
  if (parameters.parameterSetName === 'ByItem') yield parameters.InputObject.properties.Name;
  else for await (const { name } of findItems(invocation, parameters.Name)) yield name;
}
