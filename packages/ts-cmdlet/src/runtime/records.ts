import { errorRecord } from '../protocol/message-validators.ts';
import type { WireErrorRecord, WireProgressRecord } from '../protocol/messages.ts';
import type { CmdletError } from './cmdlet.ts';

// What a handler says, as a message may have it: JavaScript has no types that would keep it from saying something else.

/** How many characters a text may have: in the longest form of JSON, a message has room for several. */
const LONGEST_TEXT = 1_000_000;

const INT32 = 2 ** 31 - 1;

/** A text of a message; one that is longer than a message has room for is cut. */
export function messageText(text: string): string {
  const whole = String(text);
  if (whole.length <= LONGEST_TEXT) return whole;
  return `${whole.slice(0, LONGEST_TEXT)}\u2026 (${whole.length - LONGEST_TEXT} characters more)`;
}

/** The record of an error. One that PowerShell would not understand says so instead, with what can be told of it. */
export function errorRecordOf(error: CmdletError): WireErrorRecord {
  const { data, ...texts } = error.toRecord();
  const record = {
    ...mapValues(texts, messageText),
    // Shorter, as there may be many.
    ...(data !== undefined && { data: mapValues(data, text => messageText(text).slice(0, LONGEST_TEXT / 100)) }),
  };
  if (errorRecord.accepts(record)) return record;
  return {
    errorId: 'UnexpectedFault',
    category: 'NotSpecified',
    message: messageText(`${error.message} (The error's record is not one: ${errorRecord.explain()}.)`),
    recommendedAction: 'This is a fault of the module, not of the call: report it.',
    targetObject: '',
  };
}

/** A progress record with numbers that ProgressRecord takes: up to 100 percent, and seconds of 32 bits. */
export function progressRecordOf(record: WireProgressRecord): WireProgressRecord {
  const { activity, status, percentComplete, secondsRemaining, completed } = record;
  return {
    // PowerShell takes no empty ones.
    activity: messageText(activity) || ' ',
    status: messageText(status) || ' ',
    ...within('percentComplete', percentComplete, 100),
    ...within('secondsRemaining', secondsRemaining, INT32),
    ...(completed && { completed: true }),
  };
}

/** A number with a name, as a whole one from -1, which PowerShell takes for unknown; nothing where there is none. */
function within(name: string, number: number | undefined, most: number): Record<string, number> {
  if (typeof number !== 'number' || Number.isNaN(number)) return {};
  return { [name]: Math.trunc(Math.max(-1, Math.min(number, most))) };
}

function mapValues<T extends object>(members: T, change: (text: string) => string): T {
  const changed = Object.entries(members).map(([name, value]) => [name, change(value)]);
  return Object.assign({}, members, Object.fromEntries(changed));
}
