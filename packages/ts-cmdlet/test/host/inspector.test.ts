import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';
import { noteIn } from './processes.ts';

// Node.js has a debugger, which every user of the computer can connect to once it is open: it reads whatever a core holds.

let module: ProbeModule;

beforeAll(async () => {
  module = await makeProbeModule();
});

afterAll(() => module?.[Symbol.asyncDispose]());

const Core = Type.Object({ Id: Type.Integer(), ExecArgv: Type.Array(Type.String()) });
const callCore = 'Test-Probe Process | Select-Object Id, ExecArgv';

/** The ports that a process listens on, as Linux's kernel tells them. */
async function listeningPorts(id: number): Promise<number[]> {
  const files = `/proc/${id}/fd`;
  const links = await Promise.all((await readdir(files)).map(name => readlink(path.join(files, name)).catch(() => '')));
  const rows = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/${id}/net/${name}`, 'utf8')));
  const LISTEN = '0A';
  return rows
    .flatMap(text => text.trim().split('\n').slice(1))
    .map(row => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTEN && links.includes(`socket:[${inode}]`))
    .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16));
}

describe.runIf(process.platform === 'linux')('a core opens no debugger', () => {
  /** A Node.js from before 22.14, as far as the option goes; it notes each time that it is asked for it. */
  async function nodeWithoutOption(): Promise<string> {
    const file = path.join(module.scratch, 'node-without-option');
    const refuse = `echo refused >> '${file}.log'; echo "node: bad option: $1" >&2; exit 9`;
    await writeFile(
      file,
      `#!/bin/sh\nif [ "$1" = --disable-sigusr1 ]; then ${refuse}; fi\nexec '${process.execPath}' "$@"\n`,
      {
        mode: 0o755,
      },
    );
    return file;
  }

  test.each([
    ['that knows --disable-sigusr1', async () => process.execPath, ['--disable-sigusr1']],
    ['that does not', nodeWithoutOption, []],
  ])('for SIGUSR1, on a Node.js %s', async (_name, node, options) => {
    await using shell = await startShell(module.manifest, { HOSTPROBE_NODE: await node() });
    const [core = { Id: 0, ExecArgv: [] }] = await shell.run(Core, callCore);
    // Several times, since the signal is dealt with beside the calls.
    for (const _time of [1, 2, 3, 4, 5]) {
      process.kill(core.Id, 'SIGUSR1');
      expect(await shell.run(Core, callCore)).toEqual([core]);
    }
    expect(await listeningPorts(core.Id)).toEqual([]);
    expect(core.ExecArgv).toEqual(options);
  });

  test('because the environment asks for it', async () => {
    await using shell = await startShell(module.manifest, { NODE_OPTIONS: '--inspect=127.0.0.1:0' });
    const [core = { Id: 0 }] = await shell.run(Core, callCore);
    expect(await listeningPorts(core.Id)).toEqual([]);
  });

  test('and a Node.js without the option is asked for it once in a session', async () => {
    const node = await nodeWithoutOption();
    await using shell = await startShell(module.manifest, { HOSTPROBE_NODE: node });
    await writeFile(`${node}.log`, '');
    const kill = '$process = Get-Process -Id $first.Id; $process.Kill(); $process.WaitForExit()';
    const [first, second] = await shell.run(Core, `$first = ${callCore}; $first; ${kill}; ${callCore}`);
    expect(second?.Id).not.toBe(first?.Id);
    expect(await noteIn(`${node}.log`)).toBe('refused\n');
  });
});
