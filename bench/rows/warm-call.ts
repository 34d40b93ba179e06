import { Type } from 'typebox';
import { makeModuleFolder } from '../modules.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Series = Type.Object({ subject: Type.Array(Type.Number()), yardstick: Type.Array(Type.Number()) });

/** What a call costs in a session that has made enough for all that is compiled at run time to be compiled. */
export const warmCallRow: RowDefinition = {
  what: 'a warm -WhatIf call',
  yardstick: 'the same call of the compiled module, which asks ShouldProcess and nothing else',
  unit: 'ms',
  comparison: 'difference',
  limit: 0.3,
  async measure() {
    await using modules = await makeModuleFolder();
    const series = await runMeasurement(Series, 'warm-call.ps1', { Runs: 300, WarmUp: 300 }, modules.folder);
    return { ...series, checks: [], notes: ['both write their preview to a pipe'] };
  },
};
