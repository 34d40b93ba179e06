import path from 'node:path';
import { Type } from 'typebox';
import { makeProbeModule } from '../../packages/ts-cmdlet/test/host/probe/probe-module.ts';
import type { RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Series = Type.Object({
  subject: Type.Array(Type.Number()),
  yardstick: Type.Array(Type.Number()),
  same: Type.Boolean(),
});

const COUNT = 50_000;

/** What it costs a handler to write many objects. */
export const objectsRow: RowDefinition = {
  what: `${COUNT.toLocaleString('en')} objects from a handler into the pipeline`,
  yardstick: 'ConvertFrom-Json of the same objects in memory',
  unit: 'ms',
  comparison: 'ratio',
  limit: 2,
  async measure() {
    await using probe = await makeProbeModule();
    const parameters = { Count: COUNT, Runs: 15, WarmUp: 1 };
    const { same, ...series } = await runMeasurement(Series, 'objects.ps1', parameters, path.dirname(probe.folder));
    return { ...series, checks: [{ what: 'both give the same objects', holds: same }], notes: [] };
  },
};
