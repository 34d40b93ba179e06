import type { CompleteParams, WireCompletion } from '../protocol/messages.ts';
import type { CompletionCall, RunnableCmdlet } from './cmdlet.ts';
import type { Cmdlets } from './cmdlet-registry.ts';

/** Answers `cmdlet/complete`: none for a parameter that has no completer. Rejects with what the completer throws. */
export type Complete = (params: CompleteParams, call: CompletionCall) => Promise<readonly WireCompletion[]>;

/** How many results PowerShell is handed: nobody looks through more, and each takes its time there. */
const MAX_RESULTS = 1000;

/** Joins the completers of a module's cmdlets. */
export function createCompletion<Parameters>(cmdlets: Cmdlets<Parameters>): Complete {
  const completers = new Map<string, RunnableCmdlet<never>['complete']>(
    Object.entries<RunnableCmdlet<never> | undefined>(cmdlets).map(([name, cmdlet]) => [name, cmdlet?.complete]),
  );
  return async ({ cmdlet, parameter, word, bound }, call) => {
    const completer = new Map(Object.entries(completers.get(cmdlet) ?? {})).get(parameter);
    if (typeof completer !== 'function') return [];
    const results: WireCompletion[] = [];
    for (const found of await completer(word, bound, call)) {
      results.push(typeof found === 'string' ? { text: found } : found);
      if (results.length === MAX_RESULTS) break;
    }
    return results;
  };
}
