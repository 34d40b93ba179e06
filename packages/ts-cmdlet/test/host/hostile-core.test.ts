import path from 'node:path';
import fc from 'fast-check';
import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CoreMessages } from '../../src/protocol/messages.ts';
import { METHODS } from '../../src/protocol/protocol.ts';
import { changedMessage, spoiltMessage } from '../protocol/spoilt-message.ts';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// Whatever a core says, its user sees what it wrote or one clear error of the cmdlet, and the next call works.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule(path.join(import.meta.dirname, 'fake-cores', 'parrot.mjs'));
  shell = await startShell(module.manifest, { HOSTPROBE_TIMEOUT: '5' });
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const record = {
  errorId: 'Spoken',
  category: 'InvalidData',
  message: 'm',
  recommendedAction: 'a',
  targetObject: 't',
  exceptionType: 'System.TimeoutException',
  data: { Key: 'k' },
} as const;
const values = [
  'text',
  1,
  1.5,
  null,
  [true, [2]],
  { Name: 'n', Inner: { Value: 3 } },
  { $type: 'PSObject', $typeName: 'Contoso.Widget', properties: { Name: 'n' } },
  { $type: 'System.Collections.Hashtable', entries: { Key: 'k' } },
  { $type: 'System.Management.Automation.PSCredential', userName: 'u', password: 'p' },
  { $type: 'System.DateTime', value: '2024-02-29T00:00:00Z' },
  { $type: 'System.Int64', value: '9007199254740993' },
  { $type: 'System.Xml.XmlDocument', value: '<a />' },
];
const said: CoreMessages = {
  'core/end': {},
  'host/ping': {},
  'host/shouldProcess': { target: 't', action: 'a' },
  'host/shouldContinue': { query: 'q', caption: 'c' },
  'host/call': { function: 'Get-Nothing', arguments: { Name: 'n' } },
  'host/culture': {},
  'host/proxy': { address: 'https://example.com/' },
  'stream/totalCount': { count: 3, accuracy: 0.5 },
  'stream/output': { values },
  'stream/error': { error: record },
  'stream/warning': { message: 'm', mustBeSeen: true },
  'stream/verbose': { message: 'm' },
  'stream/debug': { message: 'm' },
  'stream/information': { message: 'm', tags: ['t'] },
  'stream/progress': { activity: 'a', status: 's', percentComplete: 50, secondsRemaining: 7, completed: true },
};
const messages: object[] = [
  ...Object.entries(said).map(([method, params]) => ({
    jsonrpc: '2.0',
    ...(method.startsWith('host/') && { id: 1 }),
    method,
    params: { invocation: '@id', ...params },
  })),
  { jsonrpc: '2.0', id: '@id', result: null },
  { jsonrpc: '2.0', id: '@id', error: { code: -32000, message: 'm', data: record } },
  { jsonrpc: '2.0', id: '@id', error: { code: -32603, message: 'm' } },
];

const Outcome = Type.Object({
  thrown: Type.Array(Type.String()),
  next: Type.Unknown(),
  strange: Type.Array(Type.String()),
});

/** Has a core say something in a call, and makes two calls in which it says nothing but one object. */
async function outcomeOf(bytes: Buffer) {
  const well = { jsonrpc: '2.0', method: 'stream/output', params: { invocation: '@id', values: ['well'] } };
  const call = (said: Buffer) =>
    `Test-Probe Print -Text '${said.toString('base64')}' -ErrorAction SilentlyContinue -WarningAction Ignore 6>$null`;
  // What comes behind an answer is read in the next call.
  const [outcome] = await shell.run(
    Outcome,
    `$Error.Clear()
    $thrown = @(try { $null = ${call(bytes)} } catch { $_ }; try { $null = ${call(line(well))} } catch { $_ })
    $strange = $Error.Where({ $_.FullyQualifiedErrorId -notlike '*Test-Probe' })
    @{ thrown = @($thrown.ForEach({ "$($_.FullyQualifiedErrorId): $_" })); next = ${call(line(well))}
       strange = @($strange.ForEach({ "$($_.FullyQualifiedErrorId) $_ $($_.ScriptStackTrace)" })) }`,
  );
  return outcome;
}

/** Whatever it said was understood, or was one error of the call that read it. */
async function expectClearEnd(bytes: Buffer): Promise<void> {
  const outcome = await outcomeOf(bytes);
  const hint = `${bytes}`;
  expect(outcome, hint).toMatchObject({ next: 'well', strange: [] });
  expect(outcome?.thrown.length, hint).toBeLessThan(3);
  for (const error of outcome?.thrown ?? []) {
    expect(error, hint).toMatch(/Test-Probe: ./);
    expect(error, hint).not.toContain('CoreNotResponding');
  }
}

const limits = { numRuns: 200, interruptAfterTimeLimit: 12_000, markInterruptAsFailure: false };
const line = (message: unknown) => Buffer.from(`${JSON.stringify(message)}\n`);

test('the messages are all that a core may send in a call', () => {
  const sent = Object.values(METHODS).filter(method => /^(host|stream)\/|^core\/end$/.test(method));
  expect(Object.keys(said).sort()).toEqual(sent.sort());
});

test('what the changes start from is understood', async () => {
  const spoken = Object.keys(said).filter(method => !method.startsWith('host/'));
  const good = messages.filter(message => spoken.some(method => JSON.stringify(message).includes(method)));
  expect(await outcomeOf(Buffer.concat(good.map(line)))).toEqual({ thrown: [], strange: [], next: 'well' });
});

test('an object of an unknown type is one error', async () => {
  const object = { $type: 'System.Nothing', value: 'v' };
  const message = { jsonrpc: '2.0', method: 'stream/output', params: { invocation: '@id', values: [object] } };
  expect(await outcomeOf(line(message))).toEqual({
    thrown: [expect.stringMatching(/^ValueNotReadable,Test-Probe: .*'System\.Nothing'/)],
    strange: [],
    next: 'well',
  });
});

test.each([
  ['a tag that no text can be made of', 'stream/information', { message: 'm', tags: [{ '': {} }] }],
  ['a category that there is not', 'stream/error', { error: { ...record, category: 'Nothing' } }],
])('%s is one error that tells the message', async (_name, method, params) => {
  expect(await outcomeOf(line({ jsonrpc: '2.0', method, params: { invocation: '@id', ...params } }))).toEqual({
    thrown: [
      expect.stringContaining(
        `CoreProtocolFault,Test-Probe: The call was not completed, because the core of HostProbe failed: its message '${method}'`,
      ),
    ],
    strange: [],
    next: 'well',
  });
});

test('changed messages', async () => {
  const batch = fc.array(changedMessage(messages), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(batch, changed => expectClearEnd(Buffer.concat(changed.map(line)))),
    limits,
  );
});

test('bytes of any kind, and messages that were cut or spoilt', async () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 64 }), spoiltMessage(messages));
  await fc.assert(
    fc.asyncProperty(piece, bytes => expectClearEnd(Buffer.concat([bytes, Buffer.from('\n')]))),
    limits,
  );
});
