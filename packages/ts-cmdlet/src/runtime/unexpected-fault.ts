import { CmdletError } from './cmdlet.ts';
import { isLoadFault } from './load-fault.ts';
import { withSourcePlaces } from './source-places.ts';

/**
 * Makes the error of a call out of what a handler threw and its author did not foresee. The debug stream gets all of it: the
 * stack, the chain of causes, and the errors that it stands for.
 */
export function unexpectedFault(cmdlet: string, fault: unknown, writeDebug: (message: string) => void): CmdletError {
  if (fault instanceof Error) writeDebug(withSourcePlaces(stackOf(fault)));
  if (isLoadFault(fault)) {
    return new CmdletError({
      errorId: 'ModuleIncomplete',
      category: 'ResourceUnavailable',
      message: `${cmdlet} could not load a part of its module: ${fault.message}`,
      recommendedAction:
        'The files of the module are incomplete or were changed: install it again, then start a new session.',
      target: cmdlet,
      cause: fault,
    });
  }
  return new CmdletError({
    errorId: 'UnexpectedFault',
    category: 'NotSpecified',
    message: `${cmdlet} failed in a way its author did not foresee: ${reasonOf(fault)}`,
    recommendedAction:
      "This is a fault of the module, not of the call. Run it again with $DebugPreference = 'Continue' and report what it prints.",
    target: cmdlet,
    cause: fault,
  });
}

/** The stacks of an error and of all that it stands for. Its other members, which may hold secrets, are not told. */
function stackOf(fault: unknown, depth = 0): string {
  if (!(fault instanceof Error)) return String(fault);
  const code = 'code' in fault && typeof fault.code === 'string' ? ` (${fault.code})` : '';
  const below = depth < MAX_DEPTH ? causesOf(fault).map(each => `Caused by: ${stackOf(each, depth + 1)}`) : [];
  return [`${fault.stack ?? fault.message}${code}`, ...below].join('\n');
}

function causesOf(fault: Error): unknown[] {
  if (fault instanceof AggregateError) return fault.errors;
  return fault.cause === undefined ? [] : [fault.cause];
}

/** How deep a chain of causes is told; one may lead back to its beginning. */
const MAX_DEPTH = 8;

/** How many causes a message names. */
const MAX_CAUSES = 3;

/** The message, and those of the causes: "fetch failed" alone says nothing. */
function reasonOf(fault: unknown, depth = 0): string {
  if (!(fault instanceof Error)) return String(fault);
  const text = fault.message || ('code' in fault ? String(fault.code) : fault.name);
  const below = causesOf(fault);
  if (depth === MAX_CAUSES || below.length === 0) return text;
  const reasons = below.slice(0, MAX_CAUSES).map((each: unknown) => reasonOf(each, depth + 1));
  const others = [...new Set(reasons)].filter(reason => !text.includes(reason));
  return others.length === 0 ? text : `${text} (${others.join('; ')})`;
}
