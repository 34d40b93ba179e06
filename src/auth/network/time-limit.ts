import type { NetworkCall } from './settings.ts';

/** How long one request may take, in milliseconds, where the environment says nothing else. */
const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_TIMEOUT_MS = 3_600_000;

/** The time limit of one request in milliseconds, by SECMGMT_HTTP_TIMEOUT. Warns of a value that is not a number of seconds. */
export function timeoutOf({ SECMGMT_HTTP_TIMEOUT: text = '' }: NodeJS.ProcessEnv, call: NetworkCall): number {
  const seconds = Number(text);
  if (!(seconds > 0)) {
    if (text !== '') {
      call.warn(
        `The environment variable SECMGMT_HTTP_TIMEOUT is '${text}', which is no number of seconds above 0. The limit stays at ${DEFAULT_TIMEOUT_MS / 1000} seconds.`,
      );
    }
    return DEFAULT_TIMEOUT_MS;
  }
  return Math.min(Math.ceil(seconds * 1000), MAX_TIMEOUT_MS);
}

/** `undici` does not look at the signal before there is a connection, and a proxy may keep it from one. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
