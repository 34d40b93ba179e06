import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineCmdlet, type Plan } from '../../src/runtime/cmdlet.ts';
import { type Cmdlets, createRegistry } from '../../src/runtime/cmdlet-registry.ts';
import { createCompletion } from '../../src/runtime/completion.ts';
import { serveConnection } from '../../src/runtime/serve-core.ts';
import type { CmdletParameters } from '../host/probe/generated/index.ts';
import { parameterValidators } from '../host/probe/generated/parameter-validators.ts';
import { linesOf } from '../support/lines-of.ts';
import { changedMessage, spoiltMessage } from './spoilt-message.ts';

// Whatever bytes reach a core, it goes on, and no handler sees anything that is not of its parameters' shape.

let toCore: PassThrough;
let lines: AsyncGenerator<unknown>;
let done: Promise<void>;
let seen: unknown[];
let completed: { word: unknown; bound: unknown }[];
let lastId: number;

const record = <Parameters>() =>
  defineCmdlet<Parameters, Plan>({
    plan(parameters) {
      seen.push(parameters);
      return {};
    },
    async run(_plan, invocation) {
      await invocation.writeObject('ran');
    },
  });

async function completeText(word: string, bound: unknown): Promise<string[]> {
  completed.push({ word, bound });
  return ['completed'];
}

beforeEach(() => {
  toCore = new PassThrough();
  const fromCore = new PassThrough();
  seen = [];
  lastId = 1_000_000_000;
  completed = [];
  const cmdlets: Cmdlets<CmdletParameters> = {
    'Copy-ProbeValue': record(),
    'Get-ProbePage': record(),
    'Measure-Probe': record(),
    'Set-ProbeMarker': record(),
    'Show-ProbeParameter': record(),
    'Test-Probe': { ...record(), complete: { Text: completeText } },
  };
  const begin = createRegistry(cmdlets, parameterValidators);
  done = serveConnection({ input: toCore, output: fromCore }, begin, createCompletion(cmdlets));
  lines = linesOf(fromCore);
});

afterEach(async () => {
  toCore.end();
  await done;
});

/** Sends bytes and then a ping, and gives all that the core says before it answers the latter. */
async function answersTo(bytes: Buffer): Promise<unknown[]> {
  lastId += 1;
  toCore.write(bytes);
  toCore.write('\n');
  // Answers have no order: all that is due for these bytes comes before the event loop goes on.
  await setImmediate();
  toCore.write(`{"jsonrpc":"2.0","id":${lastId},"method":"ping"}\n`);
  const answers: unknown[] = [];
  for (;;) {
    const { value, done: isOver } = await lines.next();
    if (isOver) throw new Error('The core left.');
    const message: unknown = JSON.parse(String(value));
    if (typeof message === 'object' && message && 'id' in message && message.id === lastId) return answers;
    answers.push(message);
  }
}

const parameters = {
  'Show-ProbeParameter': {
    Text: 'a',
    Texts: ['a', 'b'],
    Number: 1,
    Numbers: [1, 2],
    Ratio: 0.5,
    Flag: true,
    On: true,
    Colour: 'Red',
    Colours: ['Red', 'Blue'],
    Size: 'small',
    Sizes: ['small', 'large'],
    Keys: 'k',
    Credential: { $type: 'System.Management.Automation.PSCredential', userName: 'u', password: 'p' },
  },
  'Set-ProbeMarker': { Path: 'p', Ask: true },
  'Test-Probe': { Action: 'Wait', Count: 1, Path: 'p', Text: 't' },
};
const invoke = Object.entries(parameters).map(([cmdlet, own], index) => ({
  jsonrpc: '2.0',
  id: index + 1,
  method: 'cmdlet/invoke',
  params: { cmdlet, parameterSetName: '__AllParameterSets', parameters: own },
}));
const complete = {
  jsonrpc: '2.0',
  id: 6,
  method: 'cmdlet/complete',
  params: { cmdlet: 'Test-Probe', parameter: 'Text', word: 'w', bound: { Count: 1, Path: 'p' } },
};
const valid: object[] = [
  ...invoke,
  ...invoke.map(({ params, ...call }) => ({ ...call, params: { ...params, whatIf: true } })),
  ...invoke.map(({ params, ...call }) => ({ ...call, params: { ...params, whatIf: false } })),
  { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } },
  { jsonrpc: '2.0', id: 1, result: true },
  { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'm' } },
  { jsonrpc: '2.0', id: 3, method: 'ping' },
  { jsonrpc: '2.0', method: 'environment/change', params: { variables: { PROBE_HOSTILE: 'v', PROBE_GONE: null } } },
  { jsonrpc: '2.0', id: 4, method: 'cmdlet/end', params: { cmdlet: 'Measure-Probe', pipeline: 1 } },
  { jsonrpc: '2.0', id: 4, method: 'cmdlet/end', params: { cmdlet: 'Measure-Probe', pipeline: 1, whatIf: true } },
  { jsonrpc: '2.0', method: 'cmdlet/close', params: { pipeline: 1 } },
  complete,
];

/** What PowerShell may hand to Show-ProbeParameter, said a second time and by hand. */
function isShowParameters(value: unknown): boolean {
  const text = (each: unknown) => typeof each === 'string';
  const whole = (each: unknown) => Number.isInteger(each);
  const list = (check: (each: unknown) => boolean) => (each: unknown) => Array.isArray(each) && each.every(check);
  const oneOf =
    (...values: unknown[]) =>
    (each: unknown) =>
      values.includes(each);
  const colour = oneOf('Red', 'Green', 'Blue');
  const checks = new Map<string, (each: unknown) => boolean>([
    ['parameterSetName', oneOf('__AllParameterSets')],
    ['Text', text],
    ['Texts', list(text)],
    ['Number', whole],
    ['Numbers', list(whole)],
    ['Ratio', each => Number.isFinite(each)],
    ['Flag', each => typeof each === 'boolean'],
    ['On', each => typeof each === 'boolean'],
    ['Colour', colour],
    ['Colours', list(colour)],
    ['Size', oneOf('small', 'large')],
    ['Sizes', list(oneOf('small', 'large'))],
    ['Keys', text],
    ['Credential', each => JSON.stringify(Object.keys(Object(each)).sort()) === '["$type","password","userName"]'],
  ]);
  const entries = Object.entries(Object(value));
  return entries.every(([name, each]) => checks.get(name)?.(each) === true);
}

test('the messages that the fuzzing starts from are good ones', async () => {
  for (const message of invoke) await answersTo(Buffer.from(JSON.stringify(message)));
  expect(seen).toEqual(Object.values(parameters).map(own => ({ ...own, parameterSetName: '__AllParameterSets' })));
});

const limits = { numRuns: 20_000, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false };

test('changed messages', async () => {
  const messages = fc.array(changedMessage(valid), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(messages, async changed => {
      await answersTo(Buffer.from(changed.map(message => JSON.stringify(message)).join('\n')));
      for (const each of seen.splice(0)) {
        const isOther = typeof each === 'object' && each !== null && ('Action' in each || 'Path' in each);
        expect(isOther || isShowParameters(each), JSON.stringify(each)).toBe(true);
      }
      for (const { word, bound } of completed.splice(0)) {
        expect(typeof word, JSON.stringify(word)).toBe('string');
        expect(Object.prototype.toString.call(bound), JSON.stringify(bound)).toBe('[object Object]');
      }
    }),
    limits,
  );
});

test('bytes of any kind, and messages that were cut or spoilt', async () => {
  const pieces = fc.array(
    fc.oneof(fc.uint8Array({ maxLength: 64 }), spoiltMessage(valid), fc.constant(Buffer.from('\n'))),
    {
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(pieces, async parts => {
      await answersTo(Buffer.concat(parts));
      seen.length = 0;
    }),
    limits,
  );
});

test.each([
  [
    'nested a hundred thousand deep',
    `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  ],
  ['nested and not closed', '['.repeat(1_000_000)],
  ['nested in a parameter', JSON.stringify(invoke[0]).replace('["a","b"]', '['.repeat(10_000) + ']'.repeat(10_000))],
  [
    'of a hundred thousand names',
    JSON.stringify({
      ...valid[0],
      params: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, 1])),
    }),
  ],
  [
    'of a hundred thousand values',
    JSON.stringify(invoke[0]).replace('["a","b"]', JSON.stringify(Array(100_000).fill(1))),
  ],
])('a message %s is answered', async (_name, message) => {
  const answers = await answersTo(Buffer.from(message));
  expect(answers.length).toBeLessThan(3);
  expect(seen).toEqual([]);
});

describe('a line is answered as JSON-RPC 2.0 says:', () => {
  const ping = (id: string) => `{"jsonrpc":"2.0","id":${id},"method":"ping"}`;
  const answer = (id: unknown) => ({ jsonrpc: '2.0', id, result: {} });
  const error = (code: number, id: unknown = null) => ({
    jsonrpc: '2.0',
    id,
    error: expect.objectContaining({ code }),
  });
  const completion = (other: object) => JSON.stringify({ ...complete, params: { ...complete.params, ...other } });
  const [parseError, invalidRequest, methodNotFound, invalidParams] = [-32700, -32600, -32601, -32602];

  test.each([
    ['a byte order mark', `\ufeff${ping('1')}`, [answer(1)]],
    ['a CR before its end', `${ping('1')}\r`, [answer(1)]],
    ['blanks and empty lines', `\n \t\r\n  ${ping('1')}  \n\n`, [answer(1)]],
    ['NUL', `${ping('1')}\0`, [error(parseError)]],
    ['half a surrogate pair, escaped', `{"jsonrpc":"2.0","id":1,"method":"\\ud800"}`, [error(methodNotFound, 1)]],
    ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), [error(parseError)]],
    ['the half of a character', Buffer.from('"\u6f22').subarray(0, 3), [error(parseError)]],
    ['a batch', `[${ping('1')},${ping('2')}]`, [error(invalidRequest)]],
    ['an id that is null', ping('null'), [error(invalidRequest)]],
    ['an id that is a fraction', ping('1.5'), [error(invalidRequest)]],
    ['an id that is text', ping('"1"'), [error(invalidRequest, '1')]],
    ['an id beyond 2^53', ping('9007199254740993'), [answer(2 ** 53)]],
    ['an id below zero', ping('-1'), [answer(-1)]],
    ['two ids', `{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}`, [answer(2)]],
    ['a prototype', `{"__proto__":{"method":"ping"},"jsonrpc":"2.0","id":1}`, [error(invalidRequest)]],
    [
      'a prototype among parameters',
      JSON.stringify(invoke[0]).replace('"Text"', '"__proto__":{"Text":"b"},"Text"'),
      [error(invalidParams, 1)],
    ],
    [
      'a prototype as cmdlet',
      `{"jsonrpc":"2.0","id":1,"method":"cmdlet/invoke","params":{"cmdlet":"__proto__","parameterSetName":"","parameters":{}}}`,
      [error(invalidParams, 1)],
    ],
    [
      'a member that no call has',
      JSON.stringify(invoke[0]).replace('"cmdlet"', '"extra":1,"cmdlet"'),
      [error(invalidParams, 1)],
    ],
    ['a completion of what has no completer', completion({ parameter: 'Path' }), [{ ...answer(6), result: [] }]],
    ['a completion of a prototype', completion({ parameter: '__proto__' }), [{ ...answer(6), result: [] }]],
    [
      'a completion of a member of every object',
      completion({ parameter: 'constructor' }),
      [{ ...answer(6), result: [] }],
    ],
    ['a completion of an unknown cmdlet', completion({ cmdlet: 'toString' }), [{ ...answer(6), result: [] }]],
    ['a completion without a word', completion({ word: undefined }), [error(invalidParams, 6)]],
    ['a completion whose parameters are a list', completion({ bound: [] }), [error(invalidParams, 6)]],
    ['a request without an id', `{"jsonrpc":"2.0","method":"ping"}`, []],
    [
      'an end of what has not begun',
      JSON.stringify(valid.find(each => 'method' in each && each.method === 'cmdlet/end')),
      [error(invalidParams, 4)],
    ],
    ['a cancellation of nothing', `{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":77}}`, []],
    ['an answer to nothing', `{"jsonrpc":"2.0","id":77,"result":true}`, []],
  ])('%s', async (_name, line, expected) => {
    expect(await answersTo(Buffer.from(line))).toEqual(expected);
    expect(seen).toEqual([]);
  });
});

test('a request that is sent again while it runs is refused, and runs once', async () => {
  const wait = { jsonrpc: '2.0', id: 5, method: 'cmdlet/invoke', params: { ...invoke[2]?.params } };
  const answers = await answersTo(Buffer.from(`${JSON.stringify(wait)}\n${JSON.stringify(wait)}`));
  expect(JSON.stringify(answers)).toContain('already running');
  expect(seen).toHaveLength(1);
});
