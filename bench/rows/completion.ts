import { Type } from 'typebox';
import { makeModuleFolder } from '../modules.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Completions = Type.Object({
  first: Type.Number(),
  subject: Type.Array(Type.Number()),
  yardstick: Type.Array(Type.Number()),
  right: Type.Boolean(),
});

const SESSIONS = 21;
const yardstick = 'an enum of the compiled module, which PowerShell completes by itself';

/** What Tab costs where a handler completes: in a session that has a core, and in one that has none yet. */
export const completionRows: readonly RowDefinition[] = [
  {
    what: 'a warm completion by a handler',
    yardstick,
    unit: 'ms',
    comparison: 'difference',
    limit: 300,
    async measure() {
      await using modules = await makeModuleFolder();
      const parameters = { First: 'SecMgmt', Runs: 100, WarmUp: 20 };
      const { subject, yardstick, right } = await runMeasurement(
        Completions,
        'completion.ps1',
        parameters,
        modules.folder,
      );
      return { subject, yardstick, checks: [{ what: 'each has its result', holds: right }], notes: [] };
    },
  },
  {
    what: 'the first completion of a session, by a handler',
    yardstick: `${yardstick}, as the first completion of a session`,
    unit: 'ms',
    comparison: 'difference',
    // A completer is given up after a second.
    limit: 1000,
    async measure() {
      await using modules = await makeModuleFolder();
      await runMeasurement(Type.Object({}), 'fill-analysis-cache.ps1', {}, modules.folder);
      const first = (First: string) =>
        runMeasurement(Completions, 'completion.ps1', { First, Runs: 0, WarmUp: 0 }, modules.folder);
      const subject = [];
      const compiled = [];
      for (let session = 0; session < SESSIONS; session += 1) {
        subject.push(await first('SecMgmt'));
        compiled.push(await first('CompiledModule'));
      }
      return {
        subject: subject.map(each => each.first),
        yardstick: compiled.map(each => each.first),
        checks: [{ what: 'each has its result', holds: [...subject, ...compiled].every(({ right }) => right) }],
        notes: [],
      };
    },
  },
];
