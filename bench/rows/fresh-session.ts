import { readdir } from 'node:fs/promises';
import { Type } from 'typebox';
import { modulesFolder } from '../../scripts/own-module.ts';
import { addMarkedModule, addScriptModule, makeModuleFolder, scriptsWith } from '../modules.ts';
import type { Check, Measured, Pair, RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Session = Type.Object({
  import: Type.Number(),
  first: Type.Number(),
  childrenAfterImport: Type.Integer(),
  coresAfterImport: Type.Integer(),
});

const RUNS = 21;

/** A method that nothing but MSAL has; bundling leaves its name. */
const MSAL_METHOD = 'acquireTokenByDeviceCode';

/**
 * The rows of a fresh session. One session of each kind gives a run of both: what it costs to import, then what the first
 * call costs. The yardstick's session imports an empty script module and then starts `node -e 0`.
 */
export function freshSessionRows(): RowDefinition[] {
  let sessions: Promise<Sessions> | undefined;
  const measured = () => (sessions ??= measureSessions());
  return [
    {
      what: 'Import-Module SecMgmt, fresh shell',
      yardstick: 'importing an empty script module',
      unit: 'ms',
      comparison: 'difference',
      limit: 60,
      measure: async (): Promise<Measured> => ({
        ...(await measured()).imports,
        checks: [{ what: 'the import starts no process', holds: (await measured()).isImportAlone }],
        notes: [],
      }),
    },
    {
      what: 'first Connect-SecMgmtAccount -WhatIf of a session',
      yardstick: 'node -e 0, as the first thing of a session',
      unit: 'ms',
      comparison: 'difference',
      limit: 60,
      measure: async (): Promise<Measured> => ({
        ...(await measured()).firsts,
        checks: await checkLoading(),
        notes: [],
      }),
    },
  ];
}

interface Sessions {
  readonly imports: Pair;
  readonly firsts: Pair;
  readonly isImportAlone: boolean;
}

async function measureSessions(): Promise<Sessions> {
  await using empty = await makeModuleFolder();
  await addScriptModule(empty.folder, 'EmptyScript', '');
  const subject = () => runMeasurement(Session, 'fresh-session.ps1', { Module: 'SecMgmt' }, modulesFolder);
  const parameters = { Module: 'EmptyScript', Node: process.execPath };
  const yardstick = () => runMeasurement(Session, 'fresh-session.ps1', parameters, empty.folder);
  const subjects = [];
  const yardsticks = [];
  // What is read from the disk for the first time is not of interest.
  await subject();
  await yardstick();
  for (let run = 0; run < RUNS; run += 1) {
    subjects.push(await subject());
    yardsticks.push(await yardstick());
  }
  return {
    imports: { subject: subjects.map(each => each.import), yardstick: yardsticks.map(each => each.import) },
    firsts: { subject: subjects.map(each => each.first), yardstick: yardsticks.map(each => each.first) },
    isImportAlone: subjects.every(each => each.childrenAfterImport <= 0 && each.coresAfterImport === 0),
  };
}

/** A preview must not load MSAL; that a sign-in does shows that the check would see it. */
async function checkLoading(): Promise<Check[]> {
  await using modules = await makeModuleFolder();
  const { loaded, core } = await addMarkedModule(modules.folder);
  const msal = await scriptsWith(core, MSAL_METHOD);
  const isMsalLoaded = async () => (await readdir(loaded)).some(name => msal.includes(name));
  await runMeasurement(Type.Object({}), 'try-sign-in.ps1', { Try: 'Preview' }, modules.folder);
  const previewLoaded = await isMsalLoaded();
  const hasRun = (await readdir(loaded)).length > 0;
  await runMeasurement(Type.Object({}), 'try-sign-in.ps1', { Try: 'SignIn' }, modules.folder);
  return [
    { what: 'a preview does not load MSAL', holds: hasRun && !previewLoaded },
    { what: 'a sign-in does, so that the check can fail', holds: await isMsalLoaded() },
  ];
}
