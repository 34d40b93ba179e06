import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { usePowerShell } from 'powershell-driver/find-powershell';
import { askPowerShellVersion } from 'powershell-driver/powershell-environment';
import { machineFacts } from './machine.ts';
import { findPrecompiledPowerShell } from './precompiled-powershell.ts';
import { describeRow, markdownTable } from './report.ts';
import { measureRow, type Row } from './row.ts';
import { completionRows } from './rows/completion.ts';
import { freshSessionRows } from './rows/fresh-session.ts';
import { generateRow } from './rows/generate.ts';
import { idleMemoryRow } from './rows/idle-memory.ts';
import { largeCoreRow } from './rows/large-core.ts';
import { objectsRows } from './rows/objects.ts';
import { requestRows } from './rows/requests.ts';
import { runspacesRow } from './rows/runspaces.ts';
import { warmCallRow } from './rows/warm-call.ts';

// `npm run bench`: measures every row against its yardstick, shows them, and writes them to results.json. With words as
// arguments, only the rows whose names have one of them, and nothing is written.

const powerShell = await findPrecompiledPowerShell();
usePowerShell(powerShell);
const machine = machineFacts(await askPowerShellVersion(powerShell));
const all = [
  ...freshSessionRows(),
  warmCallRow,
  ...completionRows,
  ...objectsRows(),
  generateRow,
  largeCoreRow,
  idleMemoryRow,
  runspacesRow,
  ...requestRows,
];
const words = process.argv.slice(2);
const chosen = words.length === 0 ? all : all.filter(({ what }) => words.some(word => what.includes(word)));

console.log(
  `${Object.entries(machine)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}\n`,
);
const rows: Row[] = [];
for (const definition of chosen) {
  const row = await measureRow(definition);
  rows.push(row);
  console.log(`${describeRow(row)}\n`);
}
console.log(markdownTable(rows));
if (words.length === 0) {
  const results = { measured: new Date().toISOString(), machine, rows };
  await writeFile(path.join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
}
