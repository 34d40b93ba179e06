import { expect, test } from 'vitest';
import type { SignInCall } from '../../src/auth/sign-in-call.ts';
import { waitFor } from '../../src/auth/wait-for.ts';

// How a sign-in waits for a person: it shows the time that is left, and ends.

function startCall() {
  const stopping = new AbortController();
  const shown: number[] = [];
  let isShown = false;
  const refuse = () => {
    throw new Error('Nothing is signed here.');
  };
  const call: SignInCall = {
    signal: stopping.signal,
    network: refuse,
    certificates: { find: refuse, sign: refuse },
    async announce() {},
    tell() {},
    warn() {},
    verbose() {},
    waiting(_activity, _status, secondsRemaining) {
      shown.push(secondsRemaining);
      isShown = true;
    },
    waited() {
      isShown = false;
    },
  };
  return { call, stopping, shown, isShown: () => isShown };
}

const wait = { activity: 'Sign in', status: 'Waiting', seconds: 2 };
const never = new Promise<never>(() => {});

test('shows the seconds that are left, down to none, and ends at the time limit', async () => {
  const { call, shown, isShown } = startCall();
  const timedOut = () => new Error('too late');
  await expect(waitFor(never, call, { ...wait, timedOut })).rejects.toThrow('too late');
  expect(shown[0]).toBe(2);
  expect(shown.at(-1)).toBe(0);
  expect(isShown()).toBe(false);
});

test('gives what it waited for, and takes down what it showed', async () => {
  const { call, isShown } = startCall();
  const answer = Promise.withResolvers<string>();
  const waiting = waitFor(answer.promise, call, wait);
  expect(isShown()).toBe(true);
  answer.resolve('here');
  expect(await waiting).toBe('here');
  expect(isShown()).toBe(false);
});

test('ends at once when the call is stopped', async () => {
  const { call, stopping } = startCall();
  const waiting = waitFor(never, call, wait);
  stopping.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});

test('does not begin in a call that was stopped before', async () => {
  const { call, stopping, shown } = startCall();
  stopping.abort(new Error('stopped'));
  await expect(waitFor(never, call, wait)).rejects.toThrow('stopped');
  expect(shown).toEqual([]);
});
