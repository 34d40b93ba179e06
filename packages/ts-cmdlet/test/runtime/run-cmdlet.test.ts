import { expect, test } from 'vitest';
import { CmdletError, defineCmdlet, definePipelineCmdlet, type Plan } from '../../src/runtime/cmdlet.ts';
import { runCmdlet } from '../../src/runtime/run-cmdlet.ts';

// What authors test their handlers with: the order of things is that of PowerShell.

interface Parameters {
  readonly parameterSetName: 'A';
  readonly Name: string;
  readonly Prefix?: string;
}

const record = (Name: string): Parameters => ({ parameterSetName: 'A', Name });

test('a pipeline begins with the command line, runs for each record, and ends', async () => {
  const closed: string[] = [];
  const join = definePipelineCmdlet<Parameters, Plan & { readonly name: string }>(({ Prefix = '' }, signal) => {
    const names: string[] = [];
    signal.addEventListener('abort', () => closed.push('closed'));
    return {
      plan: ({ Name }) => ({ name: Name, warnings: [`about ${Name}`] }),
      async run({ name }) {
        names.push(name);
      },
      end: invocation => invocation.writeObject(Prefix + names.join('+')),
    };
  });
  const run = await runCmdlet(join, [record('a'), record('b')], { commandLine: { Prefix: '> ' } });
  expect(run).toMatchObject({ output: ['> a+b'], warnings: ['about a', 'about b'], errors: [] });
  expect(closed).toEqual(['closed']);
});

test('under whatIf the plan is all there is', async () => {
  const remove = defineCmdlet<Parameters, Plan>({
    plan: ({ Name }) => ({ confirm: { target: Name, action: 'Remove' } }),
    run: invocation => Promise.reject(new Error(`ran ${String(invocation)}`)),
  });
  const { plans } = await runCmdlet(remove, [record('a')], { whatIf: true });
  expect(plans).toEqual([{ confirm: { target: 'a', action: 'Remove' } }]);
  await expect(runCmdlet(remove, [record('a')])).rejects.toThrow('ran');
});

test('under whatIf a plan that runs all the same asks, and one that says nothing is an error of each call', async () => {
  const remove = definePipelineCmdlet<Parameters, Plan & { readonly name: string }>(() => ({
    plan: ({ Name, Prefix }) => ({ name: Name, ...(Prefix !== 'silent' && { runsUnderWhatIf: true }) }),
    async run({ name }, invocation) {
      if (await invocation.shouldProcess(name, 'Remove')) await invocation.writeObject(`removed ${name}`);
    },
    end: invocation => invocation.writeObject(invocation.isWhatIf ? 'previewed' : 'done'),
  }));
  expect(await runCmdlet(remove, [record('a')], { whatIf: true })).toMatchObject({ output: ['previewed'] });
  expect(await runCmdlet(remove, [record('a')], { whatIf: false })).toMatchObject({ output: ['removed a', 'done'] });
  for (const whatIf of [true, false]) {
    const call = runCmdlet(remove, [{ ...record('a'), Prefix: 'silent' }], { whatIf });
    await expect(call).rejects.toMatchObject({ details: { errorId: 'PlanNotPreviewable' } });
  }
});

test('questions are answered, and what is written is kept apart', async () => {
  const error = new CmdletError({ errorId: 'No', category: 'InvalidData', message: 'No.', recommendedAction: 'Stop.' });
  const ask = defineCmdlet<Parameters, Plan>({
    plan: () => ({}),
    async run(_plan, invocation) {
      invocation.writeVerbose(String(await invocation.shouldContinue('Sure?', 'Question')));
      invocation.writeError(error);
      await invocation.writeObject(await invocation.callHost('Get-Place', { Path: '.' }));
    },
  });
  const answers = { answer: () => false, callHost: async (name: string) => `answer of ${name}` };
  expect(await runCmdlet(ask, [record('a')], answers)).toMatchObject({
    verbose: ['false'],
    errors: [error],
    output: ['answer of Get-Place'],
  });
  await expect(runCmdlet(ask, [record('a')])).rejects.toThrow('The handler calls Get-Place');
});
