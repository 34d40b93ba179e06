import { Type } from 'typebox';
import { addScriptModule, copyBuiltModule, emptyCmdlets, makeModuleFolder } from '../modules.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Series = Type.Object({ subject: Type.Array(Type.Number()), yardstick: Type.Array(Type.Number()) });

/** What a call costs in a session that has made enough for all that is compiled at run time to be compiled. */
export const warmCallRow: RowDefinition = {
  what: 'a warm -WhatIf call',
  yardstick: 'an empty advanced function with the same param block',
  unit: 'ms',
  comparison: 'difference',
  limit: 2,
  async measure() {
    await using modules = await makeModuleFolder();
    await copyBuiltModule(modules.folder);
    await addScriptModule(modules.folder, 'EmptyCmdlets', await emptyCmdlets());
    const series = await runMeasurement(Series, 'warm-call.ps1', { Runs: 300, WarmUp: 300 }, modules.folder);
    return { ...series, checks: [], notes: ['the subject writes its preview to a pipe, the yardstick writes nothing'] };
  },
};
