import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { lexer } from 'marked';
import { findModuleProject } from 'ts-cmdlet/build';
import { generate } from '../../packages/ts-cmdlet/src/build/build-module.ts';
import { repository } from '../../scripts/own-module.ts';
import type { RowDefinition } from '../row.ts';

/** The corpus of public help stands beside the repository, and not in it. */
const corpus = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'partnercenter');

const WARM_UP = 15;
const RUNS = 31;

/** What it costs to make a whole module from somebody else's help, from the files to the generated text in memory. */
export const generateRow: RowDefinition = {
  what: 'build of the partnercenter corpus',
  yardstick: "marked's lexer over the same files",
  unit: 'ms',
  comparison: 'ratio',
  limit: 3,
  async measure() {
    if (!existsSync(corpus)) return { skipped: 'the corpus is not beside the repository' };
    const own = findModuleProject({ root: repository, source: 'src' });
    const paths = { ...own, help: corpus, settings: path.join(import.meta.dirname, '..', 'partnercenter.json') };
    const subject: number[] = [];
    const yardstick: number[] = [];
    let made = { cmdlets: 0, blocks: 0 };
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      const start = performance.now();
      const { types } = await generate(paths);
      const between = performance.now();
      const blocks = await lexAlone();
      const end = performance.now();
      // One file for each cmdlet, with an index and the validators.
      made = { cmdlets: types.length - 2, blocks };
      if (run < 0) continue;
      subject.push(between - start);
      yardstick.push(end - between);
    }
    return { subject, yardstick, checks: [], notes: [`${made.cmdlets} cmdlets, ${made.blocks} blocks of Markdown`] };
  },
};

/** Gives the number of blocks. */
async function lexAlone(): Promise<number> {
  let blocks = 0;
  for (const name of (await readdir(corpus)).filter(each => each.endsWith('.md'))) {
    blocks += lexer(await readFile(path.join(corpus, name), 'utf8')).length;
  }
  return blocks;
}
