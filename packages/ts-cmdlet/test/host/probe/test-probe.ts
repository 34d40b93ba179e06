import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import { CmdletError, defineCmdlet, type Invocation, type Plan } from '../../../src/runtime/cmdlet.ts';
import { wireScalar } from '../../../src/runtime/values.ts';
import type { TestProbeParameters } from './generated/index.ts';

interface ProbePlan extends Plan {
  readonly parameters: TestProbeParameters;
}

type Act = (invocation: Invocation, parameters: TestProbeParameters) => Promise<void>;

const acts: { readonly [Action in TestProbeParameters['Action']]: Act } = {
  async Culture(invocation) {
    const { culture, uiCulture } = await invocation.getCulture();
    await invocation.writeObject(`${culture} ${uiCulture}`);
  },

  async EndCore(invocation) {
    invocation.endCore();
    await invocation.writeObject(process.pid);
  },

  async Streams(invocation, { Text = 'text' }) {
    invocation.writeWarning(`warning ${Text}`);
    invocation.writeVerbose(`verbose ${Text}`);
    invocation.writeDebug(`debug ${Text}`);
    invocation.writeInformation(`information ${Text}`, ['first', 'second']);
    invocation.writeProgress({
      activity: `activity ${Text}`,
      status: 'half',
      percentComplete: 50,
      secondsRemaining: 7,
    });
    invocation.writeProgress({ activity: `activity ${Text}`, status: 'over', completed: true });
    invocation.writeError(failure(`error ${Text}`));
    await invocation.writeObject(`output ${Text}`);
  },

  async Errors(invocation, { Count = 1 }) {
    for (let index = 1; index <= Count; index += 1) invocation.writeError(failure(`error ${index}`));
    await invocation.writeObject('after the errors');
  },

  async Throw(_invocation, { Text = 'thrown' }) {
    throw failure(Text);
  },

  async Fault(_invocation, { Text = 'a bug' }) {
    throw new TypeError(Text);
  },

  // Refused by `plan`, before anything happens.
  async Refuse() {},

  async Objects(invocation, { Count = 1, Path }) {
    let written = 0;
    try {
      for (; written < Count; written += 1) await invocation.writeObject({ Index: written, Filler: 'x'.repeat(100) });
    } finally {
      note(Path, String(written));
    }
  },

  async DatedObjects(invocation, { Count = 1 }) {
    const filler = 'x'.repeat(100);
    const first = Date.UTC(2026, 0, 1);
    for (let index = 0; index < Count; index += 1) {
      const Amount = wireScalar('System.Decimal', `${index}.25`);
      await invocation.writeObject({ Index: index, Filler: filler, Date: new Date(first + 1000 * index), Amount });
    }
  },

  async Wait(invocation, { Path }) {
    await invocation.writeObject('waiting');
    await new Promise<void>(resolve => invocation.signal.addEventListener('abort', () => resolve(), { once: true }));
    note(Path, 'stopped');
    invocation.signal.throwIfAborted();
  },

  // It does not hear of a stop.
  async Quiet(invocation, { Count = 0, Path }) {
    note(Path, String(process.pid));
    await setTimeout(Count);
    await invocation.writeObject('after the quiet');
  },

  // A handler that never gives the event loop back. Where it says so in a file, PowerShell has nothing to do but to wait.
  async Block(invocation, { Path }) {
    if (Path === undefined) await invocation.writeObject('blocking');
    note(Path, String(process.pid));
    block();
  },

  // Its plan does not, until there is the file that its text names.
  async BlockPlan(invocation, { Path = '' }) {
    note(`${Path}-acted`, '');
    await invocation.writeObject('after the plan');
  },

  async Print(invocation, { Text = 'printed' }) {
    console.log(`{"jsonrpc":"2.0","id":1,"result":"${Text}"}`);
    console.error(`${Text} to stderr`);
    process.stdout.write('no line end');
    await invocation.writeObject('still here');
  },

  // As a program that shares the core's standard streams, and as a package with code of its own.
  async PrintBeside(invocation, { Text = 'printed' }) {
    spawnSync(process.execPath, ['-e', 'console.log(process.argv[1])', `${Text} by a program`], { stdio: 'inherit' });
    writeSync(1, `${Text} to the descriptor\n`);
    await invocation.writeObject('still here');
  },

  // A megabyte by a program while Count objects go through the pipeline.
  async PrintMuch(invocation, { Count = 1 }) {
    const script = 'for (let i = 0; i < 1024; i += 1) require("fs").writeSync(1, "x".repeat(1023) + "\\n")';
    const child = spawn(process.execPath, ['-e', script], { stdio: 'inherit' });
    for (let written = 0; written < Count; written += 1) await invocation.writeObject({ Index: written });
    await once(child, 'exit');
  },

  async Continue(invocation, { Path, Text = 'Go on?' }) {
    try {
      await invocation.writeObject(await invocation.shouldContinue(Text, `The caption: ${Text}`));
    } finally {
      note(Path, invocation.signal.aborted ? 'stopped' : 'answered');
    }
  },

  async Exit(_invocation, { Count = 0 }) {
    process.exit(Count);
  },

  async Crash(_invocation, { Text = 'a crash' }) {
    setImmediate(() => {
      throw new Error(Text);
    });
    await new Promise(() => {});
  },

  // The bundle has a script of its own for this.
  async Load(invocation) {
    const { loaded } = await import('./loaded-late.ts');
    await invocation.writeObject(loaded);
  },

  async CallHost(invocation, { Path }) {
    try {
      await invocation.callHost('Wait-Probe');
    } finally {
      note(Path, invocation.signal.aborted ? 'stopped' : 'answered');
    }
  },

  // What a host function returns; with a Path, what one finds of the number that is the text.
  async HostValue(invocation, { Text = '', Path }) {
    const value = await (Path === undefined
      ? invocation.callHost('Get-ProbeValue', { Expression: Text })
      : invocation.callHost('Measure-ProbeNumber', { Number: Number(Text) }));
    await invocation.writeObject(value);
  },

  // What a variable of the environment is, for the handler and for a program that it starts.
  async Variable(invocation, { Text = '' }) {
    const script = 'console.log(process.env[process.argv[1]] ?? null)';
    const child = execFileSync(process.execPath, ['-e', script, Text], { encoding: 'utf8' });
    await invocation.writeObject([process.env[Text] ?? 'none', child.trim()].join(' '));
  },

  // Whether Node.js trusts an authority whose name has the text.
  async Trust(invocation, { Text = '' }) {
    const isTrusted = getCACertificates('default').some(each => new X509Certificate(each).subject.includes(Text));
    await invocation.writeObject(isTrusted);
  },

  // Records that JavaScript lets through, and PowerShell would not understand.
  async OddRecords(invocation, { Text = '{}' }) {
    const { progress = [], error, message } = JSON.parse(Text, (_name, value) => (value === 'huge' ? 1e300 : value));
    for (const record of progress) invocation.writeProgress(record);
    invocation.writeProgress({ activity: '', status: '', percentComplete: Number.NaN });
    invocation.writeVerbose(message);
    if (error !== undefined) throw new CmdletError(error);
    await invocation.writeObject('still here');
  },

  // Starts a program that ends with the call, and does not look after it.
  async Leave(invocation, { Path }) {
    const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      stdio: 'ignore',
      signal: invocation.signal,
    });
    note(Path, String(pid));
    await invocation.writeObject('still here');
  },

  // Starts a program that outlives its core, as a browser does.
  // It ends once there is the file that the text names, and says so in the other.
  async LeaveAndBlock(_invocation, { Path = '', Text = '' }) {
    const script = `const fs = require('fs'); const [, asked, answer] = process.argv;
      setInterval(() => fs.existsSync(asked) && process.exit(fs.writeFileSync(answer, 'there')), 20)`;
    spawn(process.execPath, ['-e', script, Text, Path], { stdio: 'ignore', detached: true });
    block();
  },

  // Its plan reads a file, which may be a pipe that nobody writes to.
  async BlockRead() {},

  async Process(invocation) {
    const { pid, execArgv, version } = process;
    const Folder = process.cwd();
    await invocation.writeObject({
      Id: pid,
      ExecArgv: execArgv,
      Version: version,
      Names: Object.keys(process.env),
      Folder,
    });
  },
};

/** Test-Probe: does one thing that a handler can do. */
export const testProbe = defineCmdlet<TestProbeParameters, ProbePlan>({
  plan(parameters) {
    if (parameters.Action === 'Refuse') throw failure('refused');
    if (parameters.Action === 'BlockPlan') {
      note(parameters.Path, String(process.pid));
      while (parameters.Text === undefined || !existsSync(parameters.Text)) block(10);
    }
    if (parameters.Action === 'BlockRead') {
      note(`${parameters.Path}-note`, String(process.pid));
      readFileSync(parameters.Path ?? '');
    }
    return { parameters };
  },
  run: ({ parameters }, invocation) => acts[parameters.Action](invocation, parameters),
});

function block(milliseconds?: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function failure(message: string): CmdletError {
  return new CmdletError({
    errorId: 'ProbeFailure',
    category: 'InvalidData',
    message: `${message}.`,
    recommendedAction: 'Try another.',
    target: 'the target',
    exceptionType: 'System.TimeoutException',
    data: { CorrelationId: '42' },
  });
}

function note(path: string | undefined, text: string): void {
  if (path !== undefined) writeFileSync(path, text);
}
