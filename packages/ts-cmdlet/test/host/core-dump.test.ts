import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { shell } from './probe/probe-shell.ts';

test.runIf(process.platform === 'linux')('a core that crashes leaves no dump of its memory', async () => {
  const [id] = await shell.run(Type.Integer(), '(Test-Probe Process).Id');
  const limits = await readFile(`/proc/${id}/limits`, 'utf8');
  // A limit of 1 is what core(5) names for no dump at all, by a file or by a program that collects them.
  expect(/^Max core file size +(\S+) +(\S+)/m.exec(limits)?.slice(1)).toEqual(['1', '1']);
});
