import { CmdletError, dateTimeOffset, defineCmdlet, type Plan, WildcardPattern } from 'ts-cmdlet';
import { completeName } from './completers.ts';
import { readEvents } from './event-stream.ts';
import type { WatchShelfItemParameters } from './generated/index.ts';
import { Change } from './outputs.ts';
import { send } from './service.ts';
import { answerInvalid } from './service-error.ts';
import { serviceChange } from './service-validators.ts';

interface WatchItemPlan extends Plan {
  readonly patterns: readonly WildcardPattern[];
}

/** Watch-ShelfItem: writes changes as they come. Ctrl+C, and a pipeline that has enough, end the request by its signal. */
export const watchItem = defineCmdlet<WatchShelfItemParameters, WatchItemPlan>({
  plan: ({ Name = ['*'] }) => ({ patterns: Name.map(name => new WildcardPattern(name)) }),
  complete: { Name: completeName },
  async run({ patterns }, invocation) {
    // There may be no change for hours.
    const answer = await send(invocation, { path: 'changes', timeoutMs: 0 });
    try {
      for await (const data of readEvents(answer)) {
        const { kind, name, time } = readChange(data);
        if (!patterns.some(pattern => pattern.isMatch(name))) continue;
        await invocation.writeObject(Change({ Kind: kind, Name: name, Time: dateTimeOffset(new Date(time)) }));
      }
    } catch (error) {
      invocation.signal.throwIfAborted();
      throw error instanceof CmdletError ? error : watchInterrupted(error);
    }
    throw watchInterrupted();
  },
});

function readChange(data: string) {
  const change: unknown = JSON.parse(data);
  if (serviceChange.accepts(change)) return change;
  throw answerInvalid(serviceChange.explain());
}

function watchInterrupted(cause?: unknown): CmdletError {
  return new CmdletError({
    errorId: 'WatchInterrupted',
    category: 'ConnectionError',
    message: 'The service has ended the stream of changes.',
    recommendedAction: 'Watch again, and look with Get-ShelfItem for what has changed in between.',
    cause,
  });
}
