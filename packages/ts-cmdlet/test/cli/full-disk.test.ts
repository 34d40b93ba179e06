import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { withRoomFor } from '../support/full-disk.ts';
import { readReport, runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// A full disk is one clear error, leaves everything as it was, and the next build works once there is room.

/** All files below the folder that commands run in, by path, with what they hold. */
async function files(): Promise<Record<string, string>> {
  const entries = await readdir(sample.cwd, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => `${entry.parentPath}/${entry.name}`);
  return Object.fromEntries(await Promise.all(paths.map(async file => [file, await readFile(file, 'utf8')])));
}

const run = (blocks: number, ...args: string[]) => runCommand(args, sample.cwd, {}, withRoomFor(blocks));
const page = 'help/Get-SampleGreeting.md';
const growHelp = () => sample.edit(page, '## NOTES', `## NOTES\n\n${'Three megabytes of notes. '.repeat(120_000)}\n`);

describe.skipIf(process.platform === 'win32')('no room', () => {
  test('for a part of a module leaves the whole of it as it was', async () => {
    await sample.edit('module.json', '"version": "0.1.0"', '"version": "0.2.0"');
    await growHelp();
    const before = await files();
    const { code, stdout, stderr } = await run(2000, 'build', 'Sample');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'Not built. 1 error.\n' });
    expect(stderr).toBe(
      'Sample/module/Sample/en-US/Sample-Help.xml:1: error file-unusable: It cannot be written: EFBIG: file too large. ' +
        'Expected a place that can be written, with room for it.\n',
    );
    expect(await files()).toEqual(before);

    expect((await runCommand(['build', 'Sample'], sample.cwd)).code).toBe(0);
    expect(await sample.read('module/Sample/Sample.psd1')).toContain("'0.2.0'");
  });

  test('for a module that was not there leaves no folder of it', async () => {
    await rm(sample.file('module'), { recursive: true });
    await growHelp();
    expect((await run(2000, 'build', 'Sample')).code).toBe(1);
    expect(existsSync(sample.file('module'))).toBe(false);
  });

  test('for types leaves those that are there', async () => {
    await sample.edit(page, '- French', '- Latin');
    const before = await files();
    const { code, stdout } = await run(0, 'build', 'Sample', '--json');
    expect(code).toBe(1);
    expect(readReport(stdout).diagnostics).toMatchObject([
      { code: 'file-unusable', file: 'Sample/generated/Get-SampleGreeting.ts' },
    ]);
    expect(await files()).toEqual(before);
  });

  test.each(['build', 'check'])('for temporary files is told of their folder: %s', async command => {
    const { code, stdout } = await run(0, command, 'Sample', '--json');
    expect(code).toBe(1);
    const { diagnostics } = readReport(stdout);
    expect(diagnostics).toMatchObject([{ code: 'file-unusable', message: expect.stringContaining('EFBIG') }]);
  });

  test('for a new module leaves nothing of it, so that it can be asked for again', async () => {
    const { code, stdout, stderr } = await run(0, 'new', 'Other');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'Nothing was created. 1 error.\n' });
    expect(stderr).toMatch(/^Other\/\S+: error file-unusable: /);
    expect(await readdir(sample.cwd)).toEqual(['Sample']);
    expect((await runCommand(['new', 'Other'], sample.cwd)).code).toBe(0);
  });
});
