import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildProject, createModule, findModuleProject } from 'ts-cmdlet/build';
import type { RowDefinition } from '../row.ts';

/** The corpus of public help stands beside the repository, and not in it. */
const corpus = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'partnercenter');

const CMDLETS = 500;
const WARM_UP = 3;
const RUNS = 31;
const LARGEST = 3_000_000;

/** What a module's size costs each session: a core of many cmdlets, whose handlers are stubs, beside one of three. */
export const largeCoreRow: RowDefinition = {
  what: `start of a core of ${CMDLETS} cmdlets`,
  yardstick: 'a core of 3 cmdlets',
  unit: 'ms',
  comparison: 'ratio',
  limit: 1.3,
  async measure() {
    if (!existsSync(corpus)) return { skipped: 'the corpus is not beside the repository' };
    const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
    try {
      const [large, small] = [await buildCore(folder, CMDLETS), await buildCore(folder, 3)];
      const subject: number[] = [];
      const yardstick: number[] = [];
      for (let run = -WARM_UP; run < RUNS; run += 1) {
        const times = [await startTime(large), await startTime(small)] as const;
        if (run < 0) continue;
        subject.push(times[0]);
        yardstick.push(times[1]);
      }
      const size = await scriptSize(large);
      const checks = [{ what: `the core has at most ${LARGEST / 1e6} MB, handlers included`, holds: size <= LARGEST }];
      return { subject, yardstick, checks, notes: [`the core has ${(size / 1e6).toFixed(2)} MB`] };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Builds a module of so many cmdlets, whose help is that of the corpus under other names. Gives its core. */
async function buildCore(folder: string, cmdlets: number): Promise<string> {
  const help = path.join(folder, `help-${cmdlets}`);
  await mkdir(help);
  const pages = (await readdir(corpus)).filter(name => /^\w+-.*\.md$/.test(name));
  for (let index = 0; index < cmdlets; index += 1) {
    const name = pages[index % pages.length] ?? '';
    const command = name.slice(0, -'.md'.length);
    const text = await readFile(path.join(corpus, name), 'utf8');
    const renamed = text.replace(new RegExp(`\\b${command}\\b`, 'g'), `${command}${index}`);
    await writeFile(path.join(help, `${command}${index}.md`), renamed);
  }
  const root = path.join(folder, `module-${cmdlets}`);
  await createModule('PartnerCenter', root, help);
  const { module } = await buildProject(findModuleProject({ root }));
  if (module === undefined) throw new Error(`The module of ${cmdlets} cmdlets was not built.`);
  return path.join(root, 'module', 'PartnerCenter', 'core');
}

/** How long a core takes from its process' start until it has found that nothing is where it was told to connect, in milliseconds. */
async function startTime(core: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [path.join(core, 'core.mjs')], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin?.end(`${JSON.stringify({ address: path.join(core, 'nothing'), nonce: 'bench' })}\n`);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The core in ${core} did not start.`);
  return performance.now() - start;
}

async function scriptSize(core: string): Promise<number> {
  const scripts = (await readdir(core)).filter(name => name.endsWith('.mjs'));
  const sizes = await Promise.all(scripts.map(async name => (await stat(path.join(core, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
