import { cp } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { makeProbeModule } from '../../packages/ts-cmdlet/test/host/probe/probe-module.ts';
import { makeModuleFolder } from '../modules.ts';
import type { Measured, RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Series = Type.Object({
  subject: Type.Array(Type.Number()),
  yardstick: Type.Array(Type.Number()),
  subjectFirst: Type.Array(Type.Number()),
  yardstickFirst: Type.Array(Type.Number()),
  same: Type.Boolean(),
});

const COUNT = 50_000;

/** What it costs a handler to write many objects. */
export function objectsRows(): RowDefinition[] {
  let plain: ReturnType<typeof measureObjects> | undefined;
  const measured = () => (plain ??= measureObjects('Objects'));
  const what = `${COUNT.toLocaleString('en')} objects from a handler into the pipeline`;
  const yardstick = 'a compiled cmdlet that writes the same objects';
  return [
    { what, yardstick, unit: 'ms', comparison: 'ratio', limit: 2, measure: async () => (await measured()).all },
    {
      what: `${what}, with a Date and a Decimal in each`,
      yardstick,
      unit: 'ms',
      comparison: 'ratio',
      limit: 2,
      measure: async () => (await measureObjects('DatedObjects')).all,
    },
    {
      what: 'the first of these objects, of a warm call',
      yardstick,
      unit: 'ms',
      comparison: 'difference',
      limit: 100,
      measure: async () => (await measured()).first,
    },
  ];
}

async function measureObjects(action: 'Objects' | 'DatedObjects'): Promise<{ all: Measured; first: Measured }> {
  await using modules = await makeModuleFolder();
  await using probe = await makeProbeModule();
  await cp(probe.folder, path.join(modules.folder, path.basename(probe.folder)), { recursive: true });
  const parameters = { Action: action, Count: COUNT, Runs: 15, WarmUp: 2 };
  const measured = await runMeasurement(Series, 'objects.ps1', parameters, modules.folder);
  const checks = [{ what: 'both give the same objects', holds: measured.same }];
  return {
    all: { subject: measured.subject, yardstick: measured.yardstick, checks, notes: [] },
    first: { subject: measured.subjectFirst, yardstick: measured.yardstickFirst, checks: [], notes: [] },
  };
}
