import { expect, test } from 'vitest';
import { retryWhileBusy } from '../../src/files/retry-while-busy.ts';

/** An operation that fails with these codes in turn, and then gives how often it was called. */
function failingWith(...codes: string[]): () => Promise<number> {
  let calls = 0;
  return async () => {
    const code = codes[calls++];
    if (code !== undefined) throw Object.assign(new Error(`${code} in call ${calls}`), { code });
    return calls;
  };
}

test.each(['EPERM', 'EBUSY', 'EACCES', 'ENOTEMPTY'])('an operation that fails with %s is done again', async code => {
  expect(await retryWhileBusy(failingWith(code, code, code))).toBe(4);
});

test.each(['ENOENT', 'ENOSPC', 'EEXIST', 'EXDEV'])('an operation that fails with %s is not', async code => {
  await expect(retryWhileBusy(failingWith(code))).rejects.toThrow(`${code} in call 1`);
});

test('one that becomes busy and then fails otherwise fails with that', async () => {
  await expect(retryWhileBusy(failingWith('EBUSY', 'ENOSPC'))).rejects.toThrow('ENOSPC in call 2');
});

test('an operation that stays busy is given up', async () => {
  const codes = Array.from({ length: 1000 }, () => 'EBUSY');
  await expect(retryWhileBusy(failingWith(...codes))).rejects.toThrow(/^EBUSY in call \d{1,2}$/);
});
