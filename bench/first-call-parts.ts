import path from 'node:path';
import { Type } from 'typebox';
import { modulesFolder } from '../scripts/own-module.ts';
import { addScriptModule, makeModuleFolder } from './modules.ts';
import { runMeasurement } from './run-measurement.ts';
import { summarise } from './statistics.ts';

const RUNS = 9;
const Part = Type.Object({ taken: Type.Number(), part: Type.String(), parts: Type.Integer() });
const Session = Type.Object({ first: Type.Number() });

/**
 * Shows what the engine takes for the parts of a session's first call, written as plainly as script can: each line has one
 * part more than the line before, in sessions of their own. Above them is `node -e 0`, and below the module's own call.
 */
async function showParts(): Promise<void> {
  await using empty = await makeModuleFolder();
  await addScriptModule(empty.folder, 'EmptyScript', '');
  const core = path.join(modulesFolder, 'SecMgmt', 'core', 'core.mjs');
  const parts = (count: number) =>
    runMeasurement(Part, 'first-call-parts.ps1', { Node: process.execPath, Core: core, Parts: count }, empty.folder);
  const node = { Module: 'EmptyScript', Node: process.execPath };
  const yardstick = () => runMeasurement(Session, 'fresh-session.ps1', node, empty.folder);
  const whole = () => runMeasurement(Session, 'fresh-session.ps1', { Module: 'SecMgmt' }, modulesFolder);

  const count = (await parts(0)).parts;
  const series: { what: string; times: number[] }[] = [{ what: 'node -e 0', times: [] }];
  for (let part = 0; part < count; part += 1) {
    const { part: name } = await parts(part);
    series.push({ what: part === 0 ? 'two lines to a core, two from it, ShouldProcess' : `and ${name}`, times: [] });
  }
  series.push({ what: "the module's first call", times: [] });
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, { times }] of series.entries()) {
      if (index === 0) times.push((await yardstick()).first);
      else if (index <= count) times.push((await parts(index - 1)).taken);
      else times.push((await whole()).first);
    }
  }
  let before = 0;
  for (const { what, times } of series) {
    const taken = summarise(times).median;
    console.log(`${taken.toFixed(0).padStart(4)} ms  ${`+ ${(taken - before).toFixed(0)}`.padStart(6)}  ${what}`);
    before = taken;
  }
}

await showParts();
