import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { makeProbeModule } from '../../packages/ts-cmdlet/test/host/probe/probe-module.ts';
import { makeTwinModule } from '../../packages/ts-cmdlet/test/host/probe/twin-module.ts';
import { compileAssembly } from '../../scripts/compile-assembly.ts';
import { repository } from '../../scripts/own-module.ts';

/** Compiles a host of another version, which has a word of its own for one error. */
async function compileOtherHost(folder: string): Promise<string> {
  await cp(path.join(repository, 'packages', 'ts-cmdlet', 'src', 'host'), folder, { recursive: true });
  const project = path.join(folder, 'TsCmdlet.Host.csproj');
  await writeFile(
    project,
    (await readFile(project, 'utf8')).replace('<Nullable>', '<Version>9.9.9</Version><Nullable>'),
  );
  const writer = path.join(folder, 'WireWriter.cs');
  await writeFile(
    writer,
    (await readFile(writer, 'utf8')).replace('is not Unicode', 'is what version 9.9.9 does not take'),
  );
  return compileAssembly(folder, 'TsCmdlet.Host.dll');
}

test('two modules that were built with two versions of the host work in one shell', async () => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'two-hosts-'));
  await using probe = await makeProbeModule();
  await using twin = await makeTwinModule();
  try {
    const other = await compileOtherHost(path.join(scratch, 'host'));
    await cp(other, path.join(twin.folder, 'core', 'TsCmdlet.Host.dll'));
    await using shell = await startShell(probe.manifest);
    const half = '-Text ([string] [char] 0xd800)';
    const script = `Import-Module ${quote(twin.manifest)}
      foreach ($noun in 'Probe', 'Twin', 'Probe', 'Twin') {
        & "Test-$noun" Print; (& "Test-$noun" Objects -Count 2 | & "Measure-$noun" -Name { $_.Index })[-1]
        try { & "Test-$noun" Print ${half} } catch { $_.ErrorDetails.Message } }
      [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'TsCmdlet.Host' }).ForEach({ "$($_.GetName().Version)" }) | Sort-Object`;
    const said = await shell.run(Type.String(), script);
    const [first, second] = [said.slice(0, 3), said.slice(3, 6)];
    expect(first).toEqual(['still here', expect.stringMatching(/^sum /), expect.stringContaining('is not Unicode')]);
    expect(second).toEqual(['still here', first[1], expect.stringContaining('version 9.9.9')]);
    expect(said.slice(6, 12)).toEqual([...first, ...second]);
    expect(said.slice(12)).toEqual(['1.0.0.0', '9.9.9.0']);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
