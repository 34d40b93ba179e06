import type { SignInCall } from './sign-in-call.ts';

/** What is waited for, as it is shown, and how long. */
export interface Wait {
  readonly activity: string;
  readonly status: string;
  readonly seconds: number;
  /** Makes the error for when the time is over; without it there is no limit here. */
  readonly timedOut?: () => Error;
}

/** Waits for a person: shows the time that is left, ends at the time limit, and at once when the call is stopped. */
export async function waitFor<T>(promise: Promise<T>, call: SignInCall, wait: Wait): Promise<T> {
  // The system's clock may be set meanwhile; this one only ever goes on.
  const end = performance.now() + wait.seconds * 1000;
  const ended = Promise.withResolvers<never>();
  const stop = () => ended.reject(call.signal.reason);
  const show = () => {
    const left = Math.max(Math.ceil((end - performance.now()) / 1000), 0);
    call.waiting(wait.activity, wait.status, left);
    if (left === 0 && wait.timedOut) ended.reject(wait.timedOut());
  };
  call.signal.throwIfAborted();
  call.signal.addEventListener('abort', stop, { once: true });
  show();
  const timer = setInterval(show, 1000);
  try {
    return await Promise.race([promise, ended.promise]);
  } finally {
    clearInterval(timer);
    call.signal.removeEventListener('abort', stop);
    if (!call.signal.aborted) call.waited(wait.activity);
  }
}
