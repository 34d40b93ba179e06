import { Type } from 'typebox';
import { makeModuleFolder } from '../modules.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';
import { summarise } from '../statistics.ts';

const Memory = Type.Object({ shell: Type.Number(), core: Type.Number() });
const RUNS = 15;

/** What a session costs that keeps its core. */
export const idleMemoryRow: RowDefinition = {
  what: 'memory of shell and core, idle after one preview',
  yardstick: 'the same shell with the compiled module',
  unit: 'MB',
  comparison: 'difference',
  limit: 75,
  async measure() {
    if (process.platform !== 'linux') return { skipped: 'only Linux tells it in /proc' };
    await using modules = await makeModuleFolder();
    const run = (parameters: Record<string, string>) =>
      runMeasurement(Memory, 'idle-memory.ps1', parameters, modules.folder);
    const sessions = [];
    const yardstick = [];
    for (let index = 0; index < RUNS; index += 1) {
      sessions.push(await run({ Module: 'SecMgmt', Command: 'Connect-SecMgmtAccount' }));
      yardstick.push((await run({ Module: 'CompiledModule', Command: 'Connect-CompiledAccount' })).shell);
    }
    const core = summarise(sessions.map(each => each.core)).median;
    return {
      subject: sessions.map(each => each.shell + each.core),
      yardstick,
      checks: [{ what: 'the core is measured', holds: sessions.every(each => each.core > 0) }],
      notes: [`resident sets (RSS), ${core.toFixed(1)} MB of them the core's`],
    };
  },
};
