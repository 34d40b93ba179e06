import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { unsignedToken } from '../../test/support/access-token.ts';
import { makeMarkedModule, makeModuleFolder, scriptsWith } from '../modules.ts';
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
 * The rows of a fresh session. One session of each kind gives a run of several: what it costs to import, then what the first
 * call costs. The yardstick's session imports the compiled module and then starts `node -e 0`.
 */
export function freshSessionRows(): RowDefinition[] {
  let sessions: Promise<Sessions> | undefined;
  const measured = () => (sessions ??= measureSessions());
  const yardstick = 'node -e 0, as the first thing of a session';
  return [
    {
      what: 'Import-Module SecMgmt, fresh shell',
      yardstick: 'importing the least compiled module with the same surface',
      unit: 'ms',
      comparison: 'ratio',
      limit: 1.2,
      measure: async (): Promise<Measured> => ({
        ...(await measured()).imports,
        checks: [{ what: 'the import starts no process', holds: (await measured()).isImportAlone }],
        notes: [],
      }),
    },
    {
      what: 'first Connect-SecMgmtAccount -WhatIf of a session',
      yardstick,
      unit: 'ms',
      comparison: 'difference',
      limit: 40,
      measure: async (): Promise<Measured> => ({
        ...(await measured()).previews,
        checks: await checkLoading(),
        notes: [],
      }),
    },
    {
      what: 'first Connect-SecMgmtAccount -AccessToken of a session',
      yardstick,
      unit: 'ms',
      comparison: 'difference',
      limit: 60,
      measure: async (): Promise<Measured> => ({ ...(await measured()).connects, checks: [], notes: [] }),
    },
  ];
}

interface Sessions {
  readonly imports: Pair;
  readonly previews: Pair;
  readonly connects: Pair;
  readonly isImportAlone: boolean;
}

async function measureSessions(): Promise<Sessions> {
  await using modules = await makeModuleFolder();
  // A session has .NET compile what the session before it used (multi-core JIT), so each kind has sessions of its own before it.
  const run = (Module: string, First: string, more: Record<string, string> = {}) =>
    runMeasurement(Session, 'fresh-session.ps1', { Module, First, ...more }, modules.folder, {
      XDG_CACHE_HOME: path.join(modules.folder, 'caches', First),
    });
  const preview = () => run('SecMgmt', 'Preview');
  const connect = () => run('SecMgmt', 'Token', { Token: unsignedToken(claims()) });
  const yardstick = () => run('CompiledModule', 'Node', { Node: process.execPath });
  await runMeasurement(Type.Object({}), 'fill-analysis-cache.ps1', {}, modules.folder);
  const previews = [];
  const connects = [];
  const yardsticks = [];
  // What is read from the disk for the first time is not of interest.
  for (const each of [preview, connect, yardstick, preview, connect, yardstick]) await each();
  for (let index = 0; index < RUNS; index += 1) {
    previews.push(await preview());
    yardsticks.push(await yardstick());
    connects.push(await connect());
  }
  const node = yardsticks.map(each => each.first);
  return {
    imports: { subject: previews.map(each => each.import), yardstick: yardsticks.map(each => each.import) },
    previews: { subject: previews.map(each => each.first), yardstick: node },
    connects: { subject: connects.map(each => each.first), yardstick: node },
    isImportAlone: previews.every(each => each.childrenAfterImport <= 0 && each.coresAfterImport === 0),
  };
}

/** What a sign-in reads of a token. */
const claims = () => ({
  aud: 'https://graph.microsoft.com',
  tid: '00000000-0000-0000-0000-000000000001',
  oid: '00000000-0000-0000-0000-000000000002',
  upn: 'someone@example.com',
  exp: Math.floor(Date.now() / 1000) + 3600,
});

/** A preview must not load MSAL; that a sign-in does shows that the check would see it. */
async function checkLoading(): Promise<Check[]> {
  await using modules = await makeMarkedModule();
  const msal = await scriptsWith(modules.core, MSAL_METHOD);
  const isMsalLoaded = async () => (await readdir(modules.loaded)).some(name => msal.includes(name));
  await runMeasurement(Type.Object({}), 'try-sign-in.ps1', { Try: 'Preview' }, modules.folder);
  const previewLoaded = await isMsalLoaded();
  const hasRun = (await readdir(modules.loaded)).length > 0;
  await runMeasurement(Type.Object({}), 'try-sign-in.ps1', { Try: 'SignIn' }, modules.folder);
  return [
    { what: 'a preview does not load MSAL', holds: hasRun && !previewLoaded },
    { what: 'a sign-in does, so that the check can fail', holds: await isMsalLoaded() },
  ];
}
