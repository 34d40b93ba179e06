import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

// What opens the system browser is PowerShell on Windows and `open` on macOS. A program of a test stands in for either,
// where the package `open` looks for it; everything else is as on that platform. browser.test.ts has Linux.

const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=a&scope=b';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'opener-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const openers = {
  // Windows' separators are part of a file's name elsewhere.
  win32: { file: String.raw`Windows\System32\WindowsPowerShell\v1.0\powershell.exe`, urlOf: decodedCommand },
  darwin: { file: 'open', urlOf: (told: string) => told },
};

/** Opens the page by a program that does `script`. Gives why that failed, and what the program was told to open. */
async function open(platform: 'win32' | 'darwin', script: string): Promise<{ reason: unknown; opened: string }> {
  const { file, urlOf } = openers[platform];
  const told = path.join(folder, 'told');
  // The page comes last.
  const lines = ['#!/bin/sh', 'for last; do :; done', `printf %s "$last" > '${told}'`, script];
  await writeFile(path.join(folder, file), `${lines.join('\n')}\n`, { mode: 0o755 });
  const PATH = [folder, process.env.PATH].join(path.delimiter);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(import.meta.dirname, 'open-on-platform.ts'), platform, url],
    { env: { ...process.env, PATH, SYSTEMROOT: path.join(folder, 'Windows') } },
  );
  return { reason: JSON.parse(stdout), opened: urlOf(await readFile(told, 'utf8')) };
}

/** PowerShell's -EncodedCommand: the base64 of UTF-16. */
function decodedCommand(told: string): string {
  return /Start '(.*)'$/.exec(Buffer.from(told, 'base64').toString('utf16le'))?.[1] ?? '';
}

describe.skipIf(process.platform === 'win32').each(['win32', 'darwin'] as const)('on %s', platform => {
  test('an opener that fails is noticed', async () => {
    expect(await open(platform, 'exit 3')).toEqual({ reason: "the browser's opener failed (3)", opened: url });
  });

  test('an opener that crashes is noticed', async () => {
    expect(await open(platform, 'kill -SEGV $$')).toEqual({
      reason: "the browser's opener failed (SIGSEGV)",
      opened: url,
    });
  });

  test('an opener that succeeds is taken at its word', async () => {
    expect(await open(platform, 'exit 0')).toEqual({ reason: null, opened: url });
  });

  test('an opener that is not there is noticed', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [path.join(import.meta.dirname, 'open-on-platform.ts'), platform, url],
      { env: { ...process.env, PATH: folder, SYSTEMROOT: folder } },
    );
    expect(JSON.parse(stdout)).toContain('ENOENT');
  });
});
