import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHelpPage } from '../../packages/ts-cmdlet/test/support/help-page.ts';
import { helpFolder, manifest } from '../../scripts/own-module.ts';

// What a user types first of every cmdlet of the module: surface.test.ts has the one that is specified to the last detail.

const pages = (await readdir(helpFolder)).filter(name => /^[A-Z].*\.md$/.test(name));
const topics = (await readdir(helpFolder)).filter(name => name.startsWith('about_'));

let shell: TestShell;

beforeAll(async () => {
  shell = await startShell(manifest);
});

afterAll(() => shell?.[Symbol.asyncDispose]());

describe.each(pages)('%s', file => {
  const name = path.basename(file, '.md');

  test('Get-Help shows its synopsis, description and examples, without an error', async () => {
    const page = readHelpPage(await readFile(path.join(helpFolder, file), 'utf8'));
    const script = `
      $Error.Clear()
      $text = Get-Help ${name} -Full | Out-String -Width 4000
      @{ text = $text; errors = @($Error | ForEach-Object { "$_" }) }`;
    const [found] = await shell.run(Type.Object({ text: Type.String(), errors: Type.Array(Type.String()) }), script);
    expect(found?.errors).toEqual([]);
    const squeeze = (text: string) => text.replace(/\s+/g, '');
    for (const text of [page.synopsis, page.description, ...page.examples.map(({ code }) => code)]) {
      expect(squeeze(found?.text ?? '')).toContain(squeeze(text));
    }
  });

  test('its examples parse', async () => {
    const page = readHelpPage(await readFile(path.join(helpFolder, file), 'utf8'));
    for (const { code } of page.examples) {
      const line = code.replace(/^PS C:\\> ?/gm, '');
      const script = `$errors = $null; [void] [System.Management.Automation.Language.Parser]::ParseInput(${quote(line)}, [ref] $null, [ref] $errors); $errors.Count`;
      if (!/^C:\\>/m.test(line)) expect(await shell.run(Type.Number(), script)).toEqual([0]);
    }
  });
});

describe.each(topics)('%s', file => {
  test('Get-Help finds it by its name, with its short description', async () => {
    const name = path.basename(file, '.md');
    const [, description = ''] =
      /^## Short description\n(.+)$/m.exec(await readFile(path.join(helpFolder, file), 'utf8')) ?? [];
    const [text] = await shell.run(Type.String(), `Get-Help ${name} | Out-String -Width 4000`);
    expect(text?.replace(/\s+/g, '')).toContain(description.replace(/\s+/g, ''));
    expect(description).not.toBe('');
  });
});
