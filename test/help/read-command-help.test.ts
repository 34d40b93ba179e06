import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommandHelp } from '../../packages/ts-cmdlet/src/help/read-command-help.ts';

const file = path.join(import.meta.dirname, '..', '..', 'help', 'Connect-SecMgmtAccount.md');
const markdown = await readFile(file, 'utf8');
const lineOf = (text: string, page = markdown) => page.split('\n').findIndex(line => line.includes(text)) + 1;

test('the given help gives no finding, and its parts are those that a person sees in it', () => {
  const { help, diagnostics } = readCommandHelp(markdown, 'page.md');
  expect(diagnostics).toEqual([]);
  expect(help?.name).toBe('Connect-SecMgmtAccount');
  expect(help?.syntax.map(item => [item.parameterSetName, item.isDefault, item.parameters.length])).toEqual([
    ['User', true, 5],
    ['AccessToken', false, 5],
    ['RefreshToken', false, 8],
    ['ServicePrincipalCertificate', false, 7],
    ['ServicePrincipal', false, 6],
  ]);
  const credential = help?.parameters.find(({ name }) => name === 'Credential');
  expect(credential?.blocks.map(block => [block.parameterSets, block.isRequired])).toEqual([
    [['RefreshToken'], false],
    [['ServicePrincipal'], true],
  ]);
  const tenant = help?.parameters.find(({ name }) => name === 'Tenant');
  expect(tenant?.aliases).toEqual(['Domain', 'TenantId']);
  expect(help?.examples).toHaveLength(4);
});

// A finding on a set stands at the first line of its yaml block or of its SYNTAX.
test.each([
  ['a set that SYNTAX lacks', 'Parameter Sets: AccessToken\n', 'Parameter Sets: Nowhere\n', 'Type: String'],
  ['a second default set', '### AccessToken\n', '### AccessToken (Default)\n', '-AccessToken <String>'],
  ['a position that is no number', 'Position: Named', 'Position: here', 'Position: here'],
])('%s is found at its place', (_name, before, after, at) => {
  const page = markdown.replace(before, after);
  const { diagnostics } = readCommandHelp(page, 'page.md');
  expect(diagnostics.map(({ file: where, line }) => `${where}:${line}`)).toContain(`page.md:${lineOf(at, page)}`);
  for (const { message, expected } of diagnostics) expect([message, expected].every(text => text !== '')).toBe(true);
});

test('whatever the text, reading it ends without a crash', () => {
  const cut = fc.tuple(fc.nat(markdown.length), fc.nat(markdown.length), fc.string()).map(([from, to, text]) => {
    const [start, end] = [Math.min(from, to), Math.max(from, to)];
    return markdown.slice(0, start) + text + markdown.slice(end);
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), cut), page => {
      const { help, diagnostics } = readCommandHelp(page, 'page.md');
      expect(help !== undefined || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    }),
    { numRuns: 200 },
  );
});
