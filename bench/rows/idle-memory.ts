import { Type } from 'typebox';
import { modulesFolder } from '../../scripts/own-module.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';
import { summarise } from '../statistics.ts';

const Numbers = Type.Array(Type.Number());
const Memory = Type.Object({ subject: Numbers, yardstick: Numbers, subjectShare: Numbers, yardstickShare: Numbers });

/** What a session costs that keeps its core. */
export const idleMemoryRow: RowDefinition = {
  what: 'memory of an idle core after one call',
  yardstick: 'an idle node (process.stdin.resume())',
  unit: 'MB',
  comparison: 'difference',
  limit: 25,
  async measure() {
    if (process.platform !== 'linux') return { skipped: 'only Linux tells it in /proc' };
    const parameters = { Node: process.execPath, Runs: 15 };
    const { subjectShare, yardstickShare, ...resident } = await runMeasurement(
      Memory,
      'idle-memory.ps1',
      parameters,
      modulesFolder,
    );
    const [core, idle] = [subjectShare, yardstickShare].map(share => summarise(share).median.toFixed(1));
    return {
      ...resident,
      checks: [],
      notes: [`resident set (RSS); with what is shared divided (PSS): ${core} MB and ${idle} MB`],
    };
  },
};
