import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommandHelp } from '../../src/help/model.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { comparable } from './comparable.ts';
import { slip } from './slip.ts';
import { withoutGuesses } from './without-guesses.ts';

test('of a page with one slip the model is right but for what the warnings list, or an error names the place', () => {
  fc.assert(
    fc.property(slip, ({ name, page, spoiled }) => {
      const before = readCommandHelp(page, 'a.md').help;
      const { help, diagnostics } = readCommandHelp(spoiled, 'a.md');
      if (help === undefined) {
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        const last = spoiled.split('\n').length;
        expect(errors.length).toBeGreaterThan(0);
        expect(errors.every(({ line }) => line >= 1 && line <= last)).toBe(true);
        return;
      }
      if (before === undefined) throw new Error('The page was not right before.');
      expect(withoutGuesses(help, diagnostics), name).toEqual(withoutGuesses(before, diagnostics));
    }),
    { numRuns: 600 },
  );
});

test('each kind of slip is told, wherever it is made', () => {
  fc.assert(
    fc.property(slip, ({ name, page, spoiled }) => {
      const before = readCommandHelp(page, 'a.md');
      const after = readCommandHelp(spoiled, 'a.md');
      const isSame = JSON.stringify(comparableOf(before.help)) === JSON.stringify(comparableOf(after.help));
      const known = new Set(before.diagnostics.map(({ message }) => message));
      expect(isSame || after.diagnostics.some(({ message }) => !known.has(message)), name).toBe(true);
    }),
    { numRuns: 300 },
  );
});

function comparableOf(help: CommandHelp | undefined): unknown {
  return help === undefined ? undefined : comparable(help);
}
