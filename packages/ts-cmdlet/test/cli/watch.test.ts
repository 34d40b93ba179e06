import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandFile, newSample, plainEnvironment, readReport, type SampleProject } from './command.ts';

// `ts-cmdlet watch`: one line for each build, until Ctrl+C.

let sample: SampleProject;
let watch: ChildProcess;
let nextReport: () => Promise<ReturnType<typeof readReport>>;

beforeAll(async () => {
  sample = await newSample();
  const child = spawn(process.execPath, [commandFile, 'watch', 'Sample', '--json'], {
    cwd: sample.cwd,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  watch = child;
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  nextReport = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The watch has ended.');
    return readReport(String(value));
  };
});

afterAll(async () => {
  if (watch !== undefined && watch.exitCode === null && watch.signalCode === null) {
    watch.kill('SIGKILL');
    await once(watch, 'exit');
  }
  await sample?.[Symbol.asyncDispose]();
});

test('it builds at once, and again after each change, errors and their end included', async () => {
  expect(await nextReport()).toMatchObject({ command: 'watch', ok: true, changed: [] });

  // What a build writes sets off no other; a fault of that kind has this long to show itself.
  const next = nextReport();
  expect(await Promise.race([next, setTimeout(2000, 'nothing')])).toBe('nothing');

  await sample.edit('help/Get-SampleGreeting.md', 'The names to greet.', 'Those to greet.');
  const { ok, changed = [] } = await next;
  expect({ ok, changed: changed.map(({ path }) => path) }).toEqual({
    ok: true,
    changed: ['Sample/generated/Get-SampleGreeting.ts', 'Sample/module/Sample/en-US/Sample-Help.xml'],
  });

  await sample.edit('get-greeting.ts', 'const greetings', 'const greeting s');
  expect(await nextReport()).toMatchObject({ ok: false, diagnostics: [{ code: 'bundle-failed' }] });

  await sample.edit('get-greeting.ts', 'const greeting s', 'const greetings');
  expect(await nextReport()).toMatchObject({ ok: true, changed: [], diagnostics: [] });
});

// Windows has no signal to send to a process: there Ctrl+C is the console's.
test.skipIf(process.platform === 'win32')('Ctrl+C ends it, without a sign of failure', async () => {
  const ended = once(watch, 'exit');
  watch.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});

// A pseudo-terminal by util-linux, as in usage.test.ts.
const script = ['/usr/bin/script', '/bin/script'].find(file => existsSync(file));

test.skipIf(script === undefined || process.platform !== 'linux')(
  'on a terminal it says that it waits, and takes that back when Ctrl+C is typed',
  async () => {
    const { CI: _ci, TEST: _test, ...others } = plainEnvironment();
    // A shell that stays (dash) would itself die of the Ctrl+C, and its exit code would stand for the command's.
    const line = `exec "${process.execPath}" "${commandFile}" watch Sample`;
    const terminal = spawn(script ?? '', ['-qec', line, '/dev/null'], {
      cwd: sample.cwd,
      env: { ...others, TERM: 'xterm-256color' },
    });
    let screen = '';
    const ended = once(terminal, 'close');
    try {
      await new Promise<void>((resolve, reject) => {
        terminal.once('close', () => reject(new Error(screen)));
        terminal.stdout.setEncoding('utf8').on('data', text => {
          screen += text;
          if (screen.includes('Waiting for a change')) resolve();
        });
      });
      terminal.stdin.write('\u0003');
      expect(await ended).toEqual([0, null]);
    } finally {
      terminal.kill('SIGKILL');
    }
    expect(screen).toMatch(/Reading the help .*Built Sample\/module\/Sample.*Waiting for a change/s);
    expect(screen.trimEnd().endsWith('\u001B[2K')).toBe(true);
  },
);
