// A core that greets properly, answers a call with Text 'well' properly, and does with any other Text what it names.
// Environment variables: FAKE_CORE_FILE names a file for the name of each misdeed, before it is done, and with -cancelled
// behind it one for that of the call that was cancelled, which is answered all the same; FAKE_CORE_GREETING
// is the JSON of what it says at first that a good core does not, and FAKE_CORE_AFTER_GREETING a misdeed to do then.
import { writeFileSync, writeSync } from 'node:fs';
import { messages, sayReady, send, socket, write } from './connection.mjs';

const say = text => write(Buffer.from(text));
const tell = (invocation, method, params) => send({ method, params: { invocation, ...params } });
const output = (id, value) => tell(id, 'stream/output', { values: [value] });
const answer = id => send({ id, result: null });
const forever = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);

let outer;
const asked = new Map();

const misdeeds = {
  well(id) {
    output(id, process.pid);
    answer(id);
  },
  'invalid JSON': () => say('{"jsonrpc":"2.0","id":\n'),
  'an array': () => say('[1,2]\n'),
  'a number': () => say('42\n'),
  'an empty object': () => say('{}\n'),
  'an empty line': () => say('\n'),
  'invalid UTF-8': () => write(Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a])),
  'invalid UTF-8 in a text of a long line'(id) {
    const line = Buffer.from(
      JSON.stringify({ method: 'stream/output', params: { invocation: id, values: ['?'.repeat(5000)] } }),
    );
    line[line.lastIndexOf('?')] = 0xff;
    write(Buffer.concat([line, Buffer.from('\n')]));
    answer(id);
  },
  'a request without an invocation': () => send({ method: 'stream/output', params: { values: [1] } }),
  'an invocation that is text': () => send({ method: 'stream/output', params: { invocation: '1', values: [1] } }),
  'an unknown method': id => tell(id, 'stream/nothing', {}),
  'objects without their values': id => tell(id, 'stream/output', {}),
  'a question without its text': id => send({ id: 1, method: 'host/shouldContinue', params: { invocation: id } }),
  'an answer to nobody': () => answer(2_000_000_000),
  'an answer to a number below one': () => answer(0),
  'a question': id =>
    send({ id: 1, method: 'host/shouldContinue', params: { invocation: id, query: 'Go on?', caption: 'The caption' } }),
  'a parse error': () => send({ id: null, error: { code: -32700, message: 'A line is not JSON.' } }),
  'an error without a record': id => send({ id, error: { code: -32603, message: 'Something else' } }),
  'half a line and its end': () => {
    say('{"jsonrpc":"2.0","method":"stream/outp');
    process.exit(7);
  },
  'its end': () => process.exit(7),
  'its end by a signal': () => process.kill(process.pid, 'SIGKILL'),
  'a crash'() {
    throw new Error('the reason of the crash');
  },
  'the end of its output'() {
    socket.destroy();
    setInterval(() => {}, 1000);
  },
  silence: forever,
  'a line of 100 MB'(id) {
    writeAll(`{"jsonrpc":"2.0","method":"stream/output","params":{"invocation":${id},"values":["`);
    for (let part = 0; part < 100; part += 1) writeAll('x'.repeat(1024 * 1024));
    writeAll('"]}}\n');
    answer(id);
  },
  'a line without end'() {
    for (;;) writeAll('x'.repeat(1024 * 1024));
  },
  'a flood of old messages'() {
    for (;;)
      writeAll(
        `${JSON.stringify({ jsonrpc: '2.0', method: 'stream/output', params: { invocation: 1, values: [1] } })}\n`,
      );
  },
  'a flood of warnings'(id) {
    for (let index = 0; index < 2000; index += 1) tell(id, 'stream/warning', { message: `warning ${index}` });
    answer(id);
  },
  'a flood of prints'(id) {
    for (let part = 0; part < 50; part += 1) writeAll('x'.repeat(1024 * 1024), 2);
    misdeeds.well(id);
  },
  'its answer twice'(id) {
    misdeeds.well(id);
    misdeeds.well(id);
  },
  // Of two calls, the one inside the other, the outer one is answered first.
  'answers out of order'(id) {
    if (outer === undefined) {
      outer = id;
      output(id, 'outer');
    } else {
      answer(outer);
      output(id, 'inner');
      answer(id);
    }
  },
};

function writeAll(text, fd) {
  const bytes = Buffer.from(text);
  if (fd === undefined) return write(bytes);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(fd, bytes, sent, bytes.length - sent);
}

process.on('SIGINT', () => {});
const { FAKE_CORE_FILE: file, FAKE_CORE_GREETING: greeting = '{}', FAKE_CORE_AFTER_GREETING: next } = process.env;

function act(misdeed, id) {
  if (file) writeFileSync(file, misdeed);
  asked.set(id, misdeed);
  misdeeds[misdeed](id);
}

sayReady(JSON.parse(greeting));
if (next === 'silence in the middle of the next line') socket.once('data', () => act('silence', 1));
else if (next) act(next, 1);

for await (const { id, method, params } of messages()) {
  if (method === 'cmdlet/invoke') act(params.parameters.Text, id);
  else if (method === '$/cancelRequest') {
    if (file) writeFileSync(`${file}-cancelled`, asked.get(params.id));
    answer(params.id);
  } else if (method === 'ping') send({ id, result: {} });
}
