import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type BuildPaths, generate } from '../../src/build/build-module.ts';
import { findModuleProject } from '../../src/cli/module-project.ts';
import { withLineFeeds } from '../../src/generate/write-files.ts';

// A help page and a module.json say the same with either platform's line ends, and give the same bytes.

const gitHistory = findModuleProject({ root: path.join(import.meta.dirname, '..', '..', 'examples', 'git-history') });

const topic = `---
Locale: en-US
---

# about_Line_Ends

## Short description
What a line
ends with.

## Long description
- one  
  broken by two blanks
- two

\`\`\`powershell
'a'
'b'
\`\`\`

| Name | Text |
| ---- | ---- |
| a    | b    |
`;

/** Generates from a copy of a module's help and settings, with a topic and a translation, whose texts have `lineEnd`. */
async function generateWith(paths: BuildPaths, lineEnd: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'line-ends-'));
  try {
    const help = path.join(folder, 'help');
    await mkdir(path.join(help, 'de-DE'), { recursive: true });
    const write = (file: string, text: string) => writeFile(file, withLineFeeds(text).replaceAll('\n', lineEnd));
    for (const name of await readdir(paths.help)) {
      const text = await readFile(path.join(paths.help, name), 'utf8');
      await write(path.join(help, name), text);
      await write(path.join(help, 'de-DE', name), text.replace(/^(## SYNOPSIS\r?\n)/m, '$1Deutsch: '));
    }
    await write(path.join(help, 'about_Line_Ends.md'), topic);
    const settings = path.join(folder, 'module.json');
    await write(settings, await readFile(paths.settings, 'utf8'));
    // The author's own PowerShell is copied as it is.
    for (const name of (await readdir(path.dirname(paths.settings))).filter(each => each.endsWith('.ps1'))) {
      await writeFile(path.join(folder, name), await readFile(path.join(path.dirname(paths.settings), name)));
    }
    const { module, types, warnings } = await generate({ ...paths, help, settings });
    return { module, types, warnings: warnings.map(({ code, line }) => `${code}:${line}`) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('help gives the same bytes with CRLF as with LF, and the same findings', async () => {
  const expected = await generateWith(gitHistory, '\n');
  expect(expected.module.map(file => file.path)).toContain('en-US/about_Line_Ends.help.txt');
  expect(expected.module.filter(file => file.path.startsWith('de-DE/'))).toHaveLength(1);
  expect(await generateWith(gitHistory, '\r\n')).toEqual(expected);
});
