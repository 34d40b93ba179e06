import path from 'node:path';
import { type Entra, startEntra } from 'fake-entra/entra';
import { type Fault, serverError, tooManyRequests } from 'fake-entra/faults';
import { type PowerShellProcess, startSession } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FrontProxy, startFrontProxy, throughProxy } from './network-front-proxy.ts';
import { ApplicationSignIn } from './network-sign-in.ts';
import { manifest } from './sign-in-shell.ts';

// Ctrl+C in each wait for the network: it ends at once, nothing is asked any more, and the next call works.

let entra: Entra;
let proxy: FrontProxy;
let session: PowerShellProcess;
let signIn: ApplicationSignIn;
let proxyAnswers: 'forward' | 'hang' = 'forward';
let atProxy = Promise.withResolvers<void>();
let leftProxy = Promise.withResolvers<void>();

beforeAll(async () => {
  entra = await startEntra();
  signIn = new ApplicationSignIn(entra);
  proxy = await startFrontProxy(entra, {
    answer: ({ socket }) => {
      atProxy.resolve();
      if (proxyAnswers === 'hang') socket.once('close', leftProxy.resolve);
      return proxyAnswers;
    },
  });
  session = await startSession({ ...entra.environment, ...throughProxy(proxy.url) });
  const functions = path.join(import.meta.dirname, 'sign-in.ps1');
  session.write(`Import-Module ${quote(manifest)}\n. ${quote(functions)}\n`);
});

afterEach(() => {
  entra.faults.clear();
  entra.log.clear();
  proxyAnswers = 'forward';
  atProxy = Promise.withResolvers();
  leftProxy = Promise.withResolvers();
});

afterAll(async () => {
  await session?.[Symbol.asyncDispose]();
  await proxy?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

/** Presses Ctrl+C when the call waits; the next call has to work, and no request of the stopped one to come after it. */
async function expectStop(name: string, waiting: Promise<unknown>): Promise<void> {
  session.write(`try { ${signIn.call}; 'not stopped' } finally { [Console]::Out.WriteLine('stopped: ${name}') }\n`);
  await waiting;
  const pressed = performance.now();
  session.kill('SIGINT');
  await session.waitForOutput(`stopped: ${name}`);
  expect(performance.now() - pressed).toBeLessThan(500);
  const requests = entra.log.to('/token').length;

  // The next call waits for longer than the stopped one would have, so a request of that one would come meanwhile.
  entra.faults.clear();
  proxyAnswers = 'forward';
  entra.faults.add({ path: '/token', times: 1, fault: tooManyRequests(3) });
  session.write(`$c = ${signIn.call}; [Console]::Out.WriteLine('after ${name}: ' + $c.Account.Type)\n`);
  await session.waitForOutput(`after ${name}: ServicePrincipal`);
  expect(entra.log.to('/token')).toHaveLength(requests + 2);
}

// Windows has no signals: there, only a console can send a Ctrl+C.
describe.skipIf(process.platform === 'win32')('Ctrl+C', () => {
  test('stops the wait for a proxy', async () => {
    proxyAnswers = 'hang';
    await expectStop('proxy', atProxy.promise);
    // The core has let go of it as well, and not only the shell.
    await leftProxy.promise;
  });

  test.each<[string, Fault]>([
    ['an answer', { kind: 'hang' }],
    ['Retry-After', tooManyRequests(2)],
    ['another try after a fault', serverError(503)],
    ['another try after a broken connection', { kind: 'drop' }],
  ])('stops the wait for %s', async (name, fault) => {
    const placed = entra.faults.add({ path: '/token', fault });
    const ended = fault.kind === 'hang' ? placed.reached() : entra.log.next(exchange => exchange.fault !== undefined);
    await expectStop(name, ended);
    if (fault.kind === 'hang') expect(entra.log.to('/token')[0]).toMatchObject({ fault: 'hang', abandoned: true });
  });
});
