import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startShell, type TestShell } from 'powershell-driver/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { helpFolder, manifest } from '../../scripts/own-module.ts';

// The examples of the help, run as a reader would with -WhatIf: as written but for placeholders and prompts.

let shell: TestShell;
let examples: string[];

beforeAll(async () => {
  // `npm test` has built it.
  shell = await startShell(manifest);
  const markdown = await readFile(path.join(helpFolder, 'Connect-SecMgmtAccount.md'), 'utf8');
  const [, section = ''] = markdown.split(/^## EXAMPLES$/m);
  const [own = ''] = section.split(/^## /m);
  examples = [...own.matchAll(/^```powershell\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
});

const expected = [
  'interactively in the system browser',
  'as the application itself with its client secret',
  'with the given refresh token:',
  'with the given refresh token and its client secret',
];

test('the help has four examples', () => expect(examples).toHaveLength(expected.length));

test.each(expected.map((flow, index) => [index + 1, flow] as const))(
  'example %i binds and previews',
  async (number, flow) => {
    const script = (examples[number - 1] ?? '')
      // One prompt in the help is misspelt, and stays so.
      .replaceAll(/^P[SC] C:\\>\s?/gm, '')
      .replaceAll('xxxx-xxxx-xxxx-xxxx', '00001111-aaaa-2222-bbbb-3333cccc4444')
      .replaceAll('yyyy-yyyy-yyyy-yyyy', 'aaaabbbb-0000-cccc-1111-dddd2222eeee')
      // Nobody is there to be asked for a credential.
      .replace(
        'Get-Credential',
        "New-Object System.Management.Automation.PSCredential('00001111-aaaa-2222-bbbb-3333cccc4444', (ConvertTo-SecureString 'app-secret-here' -AsPlainText -Force))",
      )
      .replace(/^(Connect-SecMgmtAccount.*)$/m, '$1 -WhatIf');
    const shown = (await shell.show(`& {\n${script}\n}\n`)).replaceAll(/\s+/g, ' ');
    expect(shown).toContain(`What if: Performing the operation "Sign in ${flow}`);
    expect(shown).not.toContain('app-secret-here');
  },
);
