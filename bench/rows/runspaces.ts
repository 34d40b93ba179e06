import { availableParallelism } from 'node:os';
import { Type } from 'typebox';
import { makeModuleFolder } from '../modules.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Series = Type.Object({
  subject: Type.Array(Type.Number()),
  yardstick: Type.Array(Type.Number()),
  /** How many cores there were in all, and how many of them run after their runspaces were closed. */
  cores: Type.Integer(),
  left: Type.Integer(),
});

const COUNT = 32;
const RUNS = 15;
const WARM_UP = 2;

/**
 * What it costs when many runspaces of a process use the module at once. One alone has its core start on another processor, so
 * its time is no measure of what many share.
 */
export const runspacesRow: RowDefinition = {
  what: `${COUNT} runspaces in one process, each importing and calling once`,
  yardstick: 'the processor time that one of them needs, with its core',
  unit: 'ms',
  comparison: 'ratio',
  limit: (1.1 * COUNT) / availableParallelism(),
  async measure() {
    await using modules = await makeModuleFolder();
    const parameters = { Count: COUNT, Runs: RUNS, WarmUp: WARM_UP };
    const { cores, left, ...series } = await runMeasurement(Series, 'runspaces.ps1', parameters, modules.folder);
    return {
      ...series,
      checks: [
        { what: 'each runspace has a core of its own', holds: cores === (COUNT + 1) * (RUNS + WARM_UP) },
        { what: 'no core is left behind', holds: left === 0 },
      ],
      notes: ['runspaces are opened before and closed after what is measured'],
    };
  },
};
