import { PassThrough } from 'node:stream';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { RpcErrorCode } from '../../src/protocol/protocol.ts';
import { CmdletError, defineCmdlet, type Plan } from '../../src/runtime/cmdlet.ts';
import { createRegistry } from '../../src/runtime/cmdlet-registry.ts';
import { serveConnection } from '../../src/runtime/serve-core.ts';
import { compileValidator } from '../../src/schema/compile-validator.ts';
import { linesOf } from '../support/lines-of.ts';

// The core's end of the protocol over two in-process streams; the codes are those of JSON-RPC 2.0 and of the Language
// Server Protocol.

interface Echo {
  readonly parameterSetName: string;
  readonly Mode: string;
}

/** What Node.js' fetch says of a refused connection; a library adds what it sent. */
function refused(): Error {
  const error = new Error('connect ECONNREFUSED 127.0.0.1:9');
  return Object.assign(error, { code: 'ECONNREFUSED', request: { authorization: 'a secret' } });
}

function startCore() {
  const toCore = new PassThrough();
  const fromCore = new PassThrough();
  let ran = 0;
  const echo = defineCmdlet<Echo, Plan & { readonly mode: string }>({
    plan: ({ Mode }) => ({
      mode: Mode,
      ...(Mode !== 'unasked' && { confirm: { target: 'a target', action: Mode } }),
    }),
    async run({ mode }, invocation) {
      ran += 1;
      const details = {
        errorId: 'Hard',
        category: 'InvalidData',
        message: 'Hard.',
        recommendedAction: 'Stop.',
      } as const;
      if (mode === 'fail') throw new CmdletError(details);
      if (mode === 'fault') throw new TypeError('not foreseen');
      if (mode === 'fetch') throw new TypeError('fetch failed', { cause: refused() });
      if (mode === 'any')
        throw new AggregateError([new Error('mirror 1: 404'), new Error('mirror 2: 500')], 'All failed');
      if (mode === 'wrong JSON') JSON.parse('{');
      if (mode === 'many') {
        for (let index = 0; index < 10_000; index += 1) {
          await invocation.writeObject(index);
          if (index === 5500) invocation.writeWarning('half');
        }
        return;
      }
      // An author who does not wait for an object.
      if (mode === 'careless') invocation.signal.addEventListener('abort', () => void invocation.writeObject('late'));
      await invocation.writeObject(mode);
      if (mode === 'wait' || mode === 'careless') {
        await new Promise((_resolve, reject) => {
          invocation.signal.addEventListener('abort', () => reject(invocation.signal.reason));
        });
      }
    },
  });
  const schema = {
    type: 'object',
    properties: { parameterSetName: { type: 'string' }, Mode: { type: 'string' } },
    required: ['Mode'],
    additionalProperties: false,
  };
  const begin = createRegistry<{ 'Test-Echo': Echo }>(
    { 'Test-Echo': echo },
    { 'Test-Echo': { parameters: compileValidator<Echo>(schema) } },
  );
  const done = serveConnection({ input: toCore, output: fromCore }, begin);
  const lines = linesOf(fromCore);
  return {
    ran: () => ran,
    raw: (line: string) => toCore.write(`${line}\n`),
    send: (message: object) => toCore.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    invoke: (id: number, parameters: object, cmdlet = 'Test-Echo') =>
      toCore.write(
        `${JSON.stringify({ jsonrpc: '2.0', id, method: 'cmdlet/invoke', params: { cmdlet, parameterSetName: 'A', parameters } })}\n`,
      ),
    async next(): Promise<unknown> {
      const { value } = await lines.next();
      return JSON.parse(String(value));
    },
    async end() {
      toCore.end();
      await done;
    },
  };
}

/** Starts a core with a call that runs, as its question was answered with yes. */
async function startRunning(id: number, mode: string) {
  const core = startCore();
  core.invoke(id, { Mode: mode });
  await core.next();
  core.send({ id: 1, result: true });
  return core;
}

test('a call asks first, then acts, then answers', async () => {
  const core = startCore();
  core.invoke(5, { Mode: 'go' });
  const question = await core.next();
  expect(question).toMatchObject({
    method: 'host/shouldProcess',
    params: { invocation: 5, target: 'a target', action: 'go' },
  });
  expect(core.ran()).toBe(0);
  core.send({ id: 1, result: true });
  expect(await core.next()).toMatchObject({ method: 'stream/output', params: { invocation: 5, values: ['go'] } });
  expect(await core.next()).toEqual({ jsonrpc: '2.0', id: 5, result: null });
  await core.end();
});

test('what is not seen of an action is written out in its question', async () => {
  const core = startCore();
  core.invoke(5, { Mode: 'go\u001b[2K\n' });
  expect(await core.next()).toMatchObject({ params: { action: 'go`u{1b}[2K`u{a}' } });
  core.send({ id: 1, result: false });
  await core.next();
  await core.end();
});

test('a plan that says nothing of -WhatIf is an error where the cmdlet has it, and only there', async () => {
  const core = startCore();
  for (const whatIf of [true, false]) {
    const params = { cmdlet: 'Test-Echo', parameterSetName: 'A', parameters: { Mode: 'unasked' }, whatIf };
    core.send({ id: 5, method: 'cmdlet/invoke', params });
    expect(await core.next()).toMatchObject({ id: 5, error: { data: { errorId: 'PlanNotPreviewable' } } });
  }
  expect(core.ran()).toBe(0);
  core.invoke(6, { Mode: 'unasked' });
  expect(await core.next()).toMatchObject({ method: 'stream/output', params: { values: ['unasked'] } });
  expect(await core.next()).toMatchObject({ id: 6, result: null });
  await core.end();
});

test('a call under -WhatIf tells what it would do, waits for nothing, and does not act', async () => {
  const core = startCore();
  const parameters = { Mode: 'go' };
  const params = { cmdlet: 'Test-Echo', parameterSetName: 'A', parameters, whatIf: true };
  core.send({ id: 5, method: 'cmdlet/invoke', params });
  const told = { invocation: 5, target: 'a target', action: 'go' };
  expect(await core.next()).toEqual({ jsonrpc: '2.0', method: 'host/shouldProcess', params: told });
  expect(await core.next()).toEqual({ jsonrpc: '2.0', id: 5, result: null });
  expect(core.ran()).toBe(0);
  await core.end();
});

test('a call whose cancellation came together with it does not act', async () => {
  const core = startCore();
  const params = { cmdlet: 'Test-Echo', parameterSetName: 'A', parameters: { Mode: 'unasked' } };
  // The first plan is slow, and a slow one is asked for.
  core.send({ id: 4, method: 'cmdlet/invoke', params: { ...params, parameters: { Mode: 'go' }, whatIf: true } });
  expect([await core.next(), await core.next()]).toMatchObject([{ method: 'host/shouldProcess' }, { id: 4 }]);
  const invoke = { jsonrpc: '2.0', id: 5, method: 'cmdlet/invoke', params };
  const cancel = { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 5 } };
  core.raw(`${JSON.stringify(invoke)}\n${JSON.stringify(cancel)}`);
  expect(await core.next()).toMatchObject({ id: 5, error: { code: RpcErrorCode.requestCancelled } });
  expect(core.ran()).toBe(0);
  await core.end();
});

test('objects go many to a message, the first by itself, and in order with what else is written', async () => {
  const core = await startRunning(5, 'many');
  const messages: unknown[] = [];
  while (messages.length === 0 || !isAnswer(messages.at(-1))) messages.push(await core.next());
  expect(messages[0]).toMatchObject({ method: 'stream/output', params: { invocation: 5, values: [0] } });
  expect(messages.length).toBeLessThan(1000);
  expect(messages.flatMap(valuesOf)).toEqual([
    ...Array.from({ length: 5501 }, (_, index) => index),
    'half',
    ...Array.from({ length: 4499 }, (_, index) => index + 5501),
  ]);
  await core.end();
});

const isAnswer = (message: unknown) => typeof message === 'object' && message !== null && 'result' in message;

/** The objects of a message, or the text of a warning. */
function valuesOf(message: unknown): unknown[] {
  const Told = Type.Object({
    params: Type.Object({ values: Type.Optional(Type.Array(Type.Unknown())), message: Type.Optional(Type.String()) }),
  });
  if (!Value.Check(Told, message)) return [];
  const { values, message: text } = message.params;
  return values ?? [text];
}

test('a no runs nothing', async () => {
  const core = startCore();
  core.invoke(5, { Mode: 'go' });
  await core.next();
  core.send({ id: 1, result: false });
  expect(await core.next()).toEqual({ jsonrpc: '2.0', id: 5, result: null });
  expect(core.ran()).toBe(0);
  await core.end();
});

test('a cancelled call ends at once with the code of the Language Server Protocol', async () => {
  const core = await startRunning(7, 'wait');
  await core.next();
  core.send({ method: '$/cancelRequest', params: { id: 7 } });
  expect(await core.next()).toMatchObject({ id: 7, error: { code: -32800 } });
  await core.end();
});

test('the end of the input stops a call', async () => {
  const core = await startRunning(7, 'wait');
  await core.next();
  await core.end();
  expect(await core.next()).toMatchObject({ id: 7, error: { code: -32800 } });
});

test('an object that comes after the stop harms nobody', async () => {
  const core = await startRunning(7, 'careless');
  await core.next();
  core.send({ method: '$/cancelRequest', params: { id: 7 } });
  expect(await core.next()).toMatchObject({ id: 7, error: { code: -32800 } });
  core.send({ id: 8, method: 'ping' });
  expect(await core.next()).toEqual({ jsonrpc: '2.0', id: 8, result: {} });
  await core.end();
});

test.each([
  ['fail', 'Hard', 'Hard.'],
  ['fault', 'UnexpectedFault', expect.stringContaining('not foreseen')],
  ['fetch', 'UnexpectedFault', expect.stringContaining('fetch failed (connect ECONNREFUSED 127.0.0.1:9)')],
  ['any', 'UnexpectedFault', expect.stringContaining('All failed (mirror 1: 404; mirror 2: 500)')],
  ['wrong JSON', 'UnexpectedFault', expect.stringContaining('JSON')],
])('a handler that ends in %s answers with an error record', async (mode, errorId, message) => {
  const core = await startRunning(3, mode);
  let answer = await core.next();
  // A fault's stack goes to the debug stream first; it is for whoever asks for it.
  if (mode !== 'fail') {
    expect(answer).toMatchObject({ method: 'stream/debug' });
    const debug = JSON.stringify(answer);
    if (mode === 'fetch') expect(debug).toMatch(/fetch failed.*Caused by: Error: connect ECONNREFUSED/);
    if (mode === 'any') expect(debug).toMatch(/Caused by: Error: mirror 1.*Caused by: Error: mirror 2/);
    expect(debug).not.toContain('a secret');
    answer = await core.next();
  }
  expect(answer).toMatchObject({
    id: 3,
    error: { code: RpcErrorCode.cmdletFailed, data: { errorId, message, recommendedAction: expect.any(String) } },
  });
  await core.end();
});

test.each([
  ['not JSON', '{"jsonrpc":', null, -32700],
  ['not JSON-RPC', '{"hello":1}', null, -32600],
  ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"nope"}', 1, -32601],
  ['parameters of another shape', '{"jsonrpc":"2.0","id":1,"method":"cmdlet/invoke","params":{}}', 1, -32602],
  [
    'the end of a pipeline that has not begun',
    '{"jsonrpc":"2.0","id":1,"method":"cmdlet/end","params":{"cmdlet":"Test-Echo","pipeline":4}}',
    1,
    -32602,
  ],
  [
    'a pipeline whose command line is of another shape',
    '{"jsonrpc":"2.0","id":1,"method":"cmdlet/end","params":{"cmdlet":"Test-Echo","pipeline":4,"commandLine":{"Mode":1}}}',
    1,
    -32602,
  ],
  ['an id that is no number', '{"jsonrpc":"2.0","id":"a","method":"ping","params":{}}', 'a', -32600],
])('a message that is %s is refused, and the next is answered', async (_name, line, id, code) => {
  const core = startCore();
  core.raw(line);
  expect(await core.next()).toMatchObject({ id, error: { code } });
  core.send({ id: 2, method: 'ping' });
  expect(await core.next()).toMatchObject({ id: 2, result: {} });
  await core.end();
});

test.each([
  ['a cmdlet that the core does not have', 'Test-Nothing', { Mode: 'x' }],
  ['a cmdlet name of every object', '__proto__', { Mode: 'x' }],
  ['a parameter that the cmdlet does not have', 'Test-Echo', { Mode: 'x', More: 1 }],
  ['a missing parameter', 'Test-Echo', {}],
])('%s is refused and nothing runs', async (_name, cmdlet, parameters) => {
  const core = startCore();
  core.invoke(1, parameters, cmdlet);
  expect(await core.next()).toMatchObject({ id: 1, error: { code: -32602 } });
  expect(core.ran()).toBe(0);
  await core.end();
});
