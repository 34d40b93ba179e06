import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commandLineClientId } from 'fake-entra/directory';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accessTokenSignIn,
  applicationSignIn,
  refreshTokenSignIn,
  type SignInRequest,
} from '../../src/auth/sign-in-request.ts';
import { recordedCall } from '../auth/in-process.ts';
import { type Requests, startRequests } from './invoke.ts';

// What a session holds of its accounts, and that it lets go of them.

let requests: Requests;

beforeAll(async () => {
  requests = await startRequests();
});

afterAll(() => requests?.[Symbol.asyncDispose]());

/** Collects garbage, as often as it takes for what a finished promise has held. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(resolve => setImmediate(resolve));
    collect();
  }
}

/** Connects an account, has it make a request, and disconnects it; gives what would still be reached if anything held it. */
async function connectAndForget(request: SignInRequest): Promise<WeakRef<object>[]> {
  const { session } = requests;
  await requests.connect(request);
  await requests.invoke('/me');
  const connection = session.connection();
  const held = [new WeakRef<object>(connection)];
  const { token } = connection.current;
  expect(token).not.toBe('');
  await session.disconnect(connection, recordedCall());
  // Whoever still has the connection has no token by it.
  expect(connection.current.token).toBe('');
  return held;
}

test('an account that was disconnected is held by nothing, and has no token for who still holds it', async () => {
  const { entra, session, user } = requests;
  for (const connection of session.connections) await session.disconnect(connection, recordedCall());
  const tenant = entra.directory.tenantOf('AzureCloud').id;
  const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'held~secret' }] });
  const refreshToken = await entra.issueRefreshToken(user, commandLineClientId);
  const held = [
    ...(await connectAndForget(refreshTokenSignIn({}, commandLineClientId, refreshToken))),
    ...(await connectAndForget(applicationSignIn({ tenant }, clientId, { kind: 'secret', secret: 'held~secret' }))),
  ];
  await collectGarbage();
  expect(held.map(reference => reference.deref())).toEqual([undefined, undefined]);
});

test('a token that was connected with is dropped when its account is disconnected', async () => {
  await requests.connect();
  const { token } = requests.session.connection().current;
  await requests.session.disconnect(requests.session.connection(), recordedCall());
  const held = await connectAndForget(accessTokenSignIn({}, token));
  await collectGarbage();
  expect(held.map(reference => reference.deref())).toEqual([undefined]);
});

test('an account that is connected again lets go of the connection before', async () => {
  await requests.connect();
  const before = new WeakRef<object>(requests.session.connection());
  await requests.connect();
  await collectGarbage();
  expect(before.deref()).toBeUndefined();
  expect(requests.session.connections).toHaveLength(1);
});
