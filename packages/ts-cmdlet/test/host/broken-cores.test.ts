import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startSession } from 'powershell-driver/process';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultOf } from './fault.ts';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';
import { allEnded, killed, noteIn } from './processes.ts';

// Whatever a core does, its user sees one clear error, the shell goes on, and the next call works.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule(path.join(import.meta.dirname, 'fake-cores', 'misbehaving.mjs'));
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const call = (misdeed: string) => `Test-Probe Print -Text ${quote(misdeed)}`;

/** Makes a call that must end in one error, and then one that must work. */
async function misdeedOf(misdeed: string) {
  const [before] = await shell.run(Type.Integer(), call('well'));
  const fault = await faultOf(shell, call(misdeed));
  const [after] = await shell.run(Type.Integer(), call('well'));
  return { before: before ?? 0, fault, after: after ?? 0 };
}

/** Makes a call with a new core and environment variables set, which must fail, and then one that must work. */
async function failingStart(variables: Record<string, string>, text = quote('well')) {
  const set = Object.entries(variables).map(([name, value]) => `$env:${name} = ${quote(value)}`);
  const clear = Object.keys(variables).map(name => `$env:${name} = $null`);
  await shell.run(Type.Null(), `Import-Module ${quote(module.manifest)} -Force; ${set.join('; ')}`);
  try {
    const fault = await faultOf(shell, `Test-Probe Print -Text ${text}`);
    expect(fault?.errors).toBe(1);
    return fault;
  } finally {
    expect(await shell.run(Type.Integer(), `${clear.join('; ')}; ${call('well')}`)).toEqual([expect.any(Number)]);
  }
}

const protocol = 'CoreProtocolFault,Test-Probe';
const ended = 'CoreEnded,Test-Probe';
const silent = 'CoreNotResponding,Test-Probe';

test.each([
  ['invalid JSON', protocol, 'not a message'],
  ['an array', protocol, 'not a message'],
  ['a number', protocol, 'not a message'],
  ['an empty object', protocol, 'not a message'],
  ['an empty line', protocol, 'not a message'],
  ['invalid UTF-8', protocol, 'not a message'],
  ['invalid UTF-8 in a text of a long line', protocol, 'not a message'],
  ['a request without an invocation', protocol, 'not a message'],
  ['an invocation that is text', protocol, 'not a message'],
  ['an unknown method', protocol, "asked for 'stream/nothing'"],
  ['objects without their values', protocol, 'lacks'],
  ['a question without its text', protocol, 'lacks'],
  ['an answer to nobody', protocol, 'never made'],
  ['an answer to a number below one', protocol, 'never made'],
  ['a parse error', protocol, 'A line is not JSON.'],
  ['half a line and its end', ended, 'exit code 7'],
  ['its end', ended, 'exit code 7'],
  ['its end by a signal', ended, `exit code ${killed.byNode}`],
  ['a crash', ended, 'exit code 1'],
  ['the end of its output', protocol, 'its output is closed'],
  ['a line of 100 MB', protocol, 'longer than 67108864 bytes'],
  ['a line without end', protocol, 'longer than 67108864 bytes'],
])('%s is one clear error, and the next call has a new core', async (misdeed, id, reason) => {
  const { before, fault, after } = await misdeedOf(misdeed);
  expect(fault).toMatchObject({ id, message: expect.stringContaining(reason), errors: 1 });
  expect(fault?.message).toMatch(/^The call was not completed, because the core of HostProbe failed: /);
  expect(fault?.action).toMatch(/^Call the cmdlet again: that starts a new core\./);
  expect(after).not.toBe(before);
  await allEnded([before]);
});

test('the reason of a crash is in the message, and all that it printed is kept for the report', async () => {
  const { fault } = await misdeedOf('a crash');
  expect(fault?.printed).toContain('the reason of the crash');
  expect(fault?.message).toMatch(/\(exit code 1\): Error: the reason of the crash\.$/);
});

describe('with a time limit of three seconds', () => {
  const limit = (seconds: string) =>
    shell.run(Type.Null(), `$env:HOSTPROBE_TIMEOUT = ${seconds}; Import-Module ${quote(module.manifest)} -Force`);

  beforeAll(() => limit("'3'"));
  afterAll(() => limit('$null'));

  test('silence is one clear error that tells how to raise it, and the next call has a new core', async () => {
    const { before, fault, after } = await misdeedOf('silence');
    expect(fault).toMatchObject({
      id: silent,
      message: expect.stringContaining('not answered for 3 seconds'),
      action: expect.stringContaining('HOSTPROBE_TIMEOUT'),
      errors: 1,
    });
    expect(after).not.toBe(before);
    await allEnded([before]);
  });

  test('a core that never greets is given up', async () => {
    await using mute = await makeProbeModule(path.join(import.meta.dirname, 'fake-cores', 'silent.mjs'));
    const [id] = await shell.run(
      Type.String(),
      `Remove-Module HostProbe; Import-Module ${quote(mute.manifest)}
      try { Test-Probe Wait } catch { $_.FullyQualifiedErrorId }
      Remove-Module HostProbe; Import-Module ${quote(module.manifest)}`,
    );
    expect(id).toBe(silent);
  });

  test('a core that greets and never reads again is given up, with megabytes on their way', async () => {
    const fault = await failingStart({ FAKE_CORE_AFTER_GREETING: 'silence' }, "('x' * 10000000)");
    expect(fault).toMatchObject({ id: silent, message: expect.stringContaining('not listened for 3 seconds') });
  });
});

test('an error of the protocol itself ends the call alone', async () => {
  const { before, fault, after } = await misdeedOf('an error without a record');
  expect(fault).toMatchObject({ id: 'CoreRefusedCall,Test-Probe', message: expect.stringContaining('Something else') });
  expect(after).toBe(before);
});

describe('no harm is done by', () => {
  test('an answer that comes twice', async () => {
    const script = `${call('its answer twice')}; ${call('well')}; ${call('well')}`;
    const ids = await shell.run(Type.Integer(), script);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  test('answers out of order', async () => {
    const script = `${call('answers out of order')} | ForEach-Object { $_; "inside: $(${call('answers out of order')})" }`;
    expect(await shell.run(Type.String(), script)).toEqual(['outer', 'inside: inner']);
  });

  test('a flood of warnings', async () => {
    const script = `${call('a flood of warnings')} -WarningVariable w 3>$null; $w.Count; "$($w[-1])"`;
    expect(await shell.run(Type.Union([Type.Integer(), Type.String()]), script)).toEqual([2000, 'warning 1999']);
  });

  test('fifty megabytes of prints, and little of them is kept', async () => {
    const script = `[GC]::Collect(); $before = [GC]::GetTotalMemory($true); ${call('a flood of prints')}; [GC]::GetTotalMemory($true) - $before`;
    const [, grown] = await shell.run(Type.Integer(), script);
    expect(grown).toBeLessThan(5_000_000);
  });
});

test('a core that ended between two calls is replaced, with a warning', async () => {
  const script = `$id = ${call('well')}
    $process = [System.Diagnostics.Process]::GetProcessById($id)
    $process.Kill()
    $process.WaitForExit()
    $next = ${call('well')} -WarningVariable w 3>$null
    $next -ne $id; "$w"`;
  const [isNew, warning] = await shell.run(Type.Unknown(), script);
  expect(isNew).toBe(true);
  expect(warning).toContain(`exit code ${killed.byDotNet}`);
});

describe('a core that fails at its start', () => {
  test.each([
    ['speaks another version of the protocol', '{"protocolVersion":1}', "version '1'"],
    ['does not tell the version', '{"protocolVersion":null}', "version 'null'"],
    ['is something else that connects', '{"nonce":"another"}', 'something else connected'],
  ])('because it %s', async (_name, greeting, reason) => {
    const fault = await failingStart({ FAKE_CORE_GREETING: greeting });
    expect(fault).toMatchObject({
      id: protocol,
      message: expect.stringContaining(reason),
      action: expect.stringContaining('install it again'),
    });
  });

  test('because it ends, with a call of megabytes on its way', async () => {
    const fault = await failingStart({ FAKE_CORE_AFTER_GREETING: 'its end' }, "('x' * 10000000)");
    expect(fault?.id).toBe(ended);
  });

  test('works with a nightly build of Node.js', async () => {
    const greeting = '{"nodeVersion":"30.0.0-nightly20991231"}';
    const script = `Import-Module ${quote(module.manifest)} -Force; $env:FAKE_CORE_GREETING = ${quote(greeting)}
      ${call('well')}; $env:FAKE_CORE_GREETING = $null`;
    expect(await shell.run(Type.Integer(), script)).toEqual([expect.any(Number)]);
  });
});

// Windows has no signals: there, only a console can send a Ctrl+C.
test.skipIf(process.platform === 'win32').each(['a flood of old messages', 'silence'])(
  'Ctrl+C stops a call whose core answers with %s',
  async misdeed => {
    const file = path.join(module.scratch, 'misdeed');
    await rm(file, { force: true });
    await using session = await startSession();
    session.write(`$env:FAKE_CORE_FILE = ${quote(file)}; Import-Module ${quote(module.manifest)}\n`);
    session.write(`try { ${call(misdeed)} } finally { [Console]::Out.WriteLine('left') }\n`);
    await noteIn(file);
    session.kill('SIGINT');
    await session.waitForOutput('left');
    session.write(
      `Import-Module ${quote(module.manifest)} -Force; "errors: $($Error.Count) next: $(${call('well')})"\nexit 3\n`,
    );
    const { stdout, exitCode } = await session.ended;
    expect(stdout).toMatch(/errors: 0 next: \d+/);
    expect(exitCode).toBe(3);
  },
);

test.skipIf(process.platform === 'win32')('Ctrl+C stops a call that is being handed over, and its core', async () => {
  const file = path.join(module.scratch, 'misdeed');
  await rm(file, { force: true });
  await using session = await startSession();
  session.write(
    `Import-Module ${quote(module.manifest)}; $env:FAKE_CORE_FILE = ${quote(file)}; $env:FAKE_CORE_AFTER_GREETING = 'silence in the middle of the next line'\n`,
  );
  session.write(`try { Test-Probe Print -Text ('x' * 10MB) } finally { [Console]::Out.WriteLine('left') }\n`);
  await noteIn(file);
  session.kill('SIGINT');
  await session.waitForOutput('left');
  session.write(`$env:FAKE_CORE_AFTER_GREETING = $null; "errors: $($Error.Count) next: $(${call('well')})"\nexit 3\n`);
  const { stdout, exitCode } = await session.ended;
  expect(stdout).toMatch(/errors: 0 next: \d+/);
  expect(exitCode).toBe(3);
});
