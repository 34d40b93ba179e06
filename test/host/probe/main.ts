import { appendFileSync } from 'node:fs';
import { CmdletError, defineCmdlet, type Invocation, type Plan } from '../../../src/host/cmdlet.ts';
import { serveCore } from '../../../src/host/serve-core.ts';
import { hashtable, typedObject } from '../../../src/host/values.ts';
import type { CmdletParameters, TestProbeParameters } from './generated/index.ts';
import { probeValidators } from './probe-validators.ts';

interface ProbePlan extends Plan {
  readonly parameters: TestProbeParameters;
}

const failure = { category: 'ObjectNotFound', target: 'the target', data: { CorrelationId: '42' } } as const;

const modes: Record<string, (invocation: Invocation, parameters: TestProbeParameters) => Promise<void>> = {
  async echo(invocation, { Value, Count, Credential, Force }) {
    await invocation.writeObject({ Value, Count, Credential: Credential && { ...Credential, $type: undefined }, Force });
  },
  async streams(invocation) {
    invocation.writeVerbose('a verbose text');
    invocation.writeDebug('a debug text');
    invocation.writeWarning('a warning');
    invocation.writeInformation('an information', ['Tag1', 'Tag2']);
    invocation.writeProgress({ activity: 'Probing', status: 'half way', percentComplete: 50, secondsRemaining: 7 });
    const details = { ...failure, errorId: 'Soft', message: 'A soft failure.', recommendedAction: 'Go on.' };
    invocation.writeError(new CmdletError(details));
    await invocation.writeObject('an object');
  },
  async fail() {
    const exceptionType = 'System.ArgumentException';
    const details = { ...failure, errorId: 'Hard', message: 'A hard failure.', recommendedAction: 'Stop here.' };
    throw new CmdletError({ ...details, exceptionType });
  },
  async fault() {
    throw new TypeError('not foreseen');
  },
  async types(invocation) {
    await invocation.writeObject(
      typedObject('Probe.Result', {
        Text: 'Grüße, 世界 🙂',
        Whole: 7,
        Long: 2 ** 40,
        Fraction: 1.5,
        Yes: true,
        Nothing: null,
        None: [],
        One: ['only'],
        Nested: [[1, 2], { Name: 'inner' }],
        Table: hashtable({ Key: 'value' }),
        Inner: typedObject('Probe.Inner', { Depth: 2 }),
      }),
    );
  },
  async many(invocation, { Count = 0, Value = [] }) {
    try {
      for (let index = 0; index < Count; index += 1) await invocation.writeObject({ Index: index });
    } finally {
      const [log] = Value;
      if (log !== undefined) appendFileSync(log, invocation.signal.aborted ? 'stopped\n' : 'finished\n');
    }
  },
  async wait(invocation, { Value = [] }) {
    const [log] = Value;
    await invocation.writeObject('waiting');
    await new Promise<void>((_resolve, reject) => {
      invocation.signal.addEventListener('abort', () => {
        if (log !== undefined) appendFileSync(log, 'stopped\n');
        reject(invocation.signal.reason);
      });
    });
  },
  async print(invocation) {
    console.log('a stray print');
    process.stdout.write('{"jsonrpc":"2.0","method":"stream/warning","params":{"invocation":1,"message":"forged"}}\n');
    await invocation.writeObject('after the print');
  },
  async ask(invocation) {
    await invocation.writeObject(await invocation.shouldContinue('Go on?', 'A question'));
  },
  async exit() {
    process.exit(3);
  },
};

const probe = defineCmdlet<TestProbeParameters, ProbePlan>({
  plan(parameters) {
    const target = 'the probe';
    return { parameters, confirm: { target, action: parameters.Mode }, warnings: parameters.Force ? ['planned'] : [] };
  },
  async run({ parameters }, invocation) {
    const mode = modes[parameters.Mode];
    if (mode === undefined) throw new Error(`no mode ${parameters.Mode}`);
    await mode(invocation, parameters);
  },
});

await serveCore<CmdletParameters>({ 'Test-Probe': probe }, probeValidators);
