import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPowerShell, toLines } from './run-powershell.ts';

const terminal = { NO_COLOR: undefined, TERM: 'xterm-256color' };
const showAll = `
function Show-All {
    [CmdletBinding()] param()
    $PSCmdlet.WriteWarning('a warning')
    $PSCmdlet.WriteVerbose('a detail')
    $exception = [System.Exception]::new('an error')
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, 'TheId', 'NotSpecified', $null))
    [pscustomobject]@{ Name = 'a name' }
}
Show-All -Verbose`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rendering-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('colours', () => {
  // As pwsh does: its "Host" looks at redirections inside a session alone (PowerShell/PowerShell issue 20170).
  it('are written to standard output and standard error, redirected or not', async () => {
    const { stdout, stderr } = await runPowerShell(['-Command', showAll], '', terminal);
    expect(stdout).toContain('\x1b[33;1mWARNING: a warning\x1b[0m');
    expect(stdout).toContain('\x1b[33;1mVERBOSE: a detail\x1b[0m');
    expect(stdout).toContain('\x1b[32;1mName');
    expect(stderr).toContain('\x1b[31;1mShow-All: ');
    expect(stderr).toContain('an error\x1b[0m');
  });

  it.each([
    { ...terminal, NO_COLOR: '' },
    { ...terminal, NO_COLOR: '1' },
    { ...terminal, TERM: 'dumb' },
    { ...terminal, TERM: 'xterm-mono' },
  ])('are left out with NO_COLOR=$NO_COLOR TERM=$TERM', async env => {
    const { stdout, stderr } = await runPowerShell(['-Command', showAll], '', env);
    expect(stdout).toContain('WARNING: a warning');
    expect(stderr).toContain('an error');
    expect(stdout + stderr).not.toContain('\x1b');
  });

  it('are left out of what a script writes to a file or makes a text of', async () => {
    const file = path.join(folder, 'all');
    const script = `${showAll} *> '${file}'; [pscustomobject]@{ Name = 'a name' } | Out-String`;
    const { stdout } = await runPowerShell(['-Command', script], '', terminal);
    expect(stdout).toContain('Name');
    expect(stdout).not.toContain('\x1b');
    const written = await readFile(file, 'utf8');
    expect(written).toContain('an error');
    expect(written).not.toContain('\x1b');
  });
});

describe('width', () => {
  // On Windows it is the console's, which a redirection does not change. The formatter leaves the last column free.
  it.skipIf(process.platform === 'win32')('is 80 columns when the output is redirected', async () => {
    const { stdout } = await runPowerShell(['-Command', "[pscustomobject]@{ Name = 'x' * 100 }"], '', terminal);
    expect(stdout).toContain(`\n${'x'.repeat(78)}…\n`);
  });
});

describe('an error', () => {
  it('is shown with the action that it recommends', async () => {
    const script = `
$exception = [System.Exception]::new('What happened.')
$record = [System.Management.Automation.ErrorRecord]::new($exception, 'TheId', 'NotSpecified', $null)
$record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('In plain words.')
$record.ErrorDetails.RecommendedAction = 'Do this.'
function Stop-It { [CmdletBinding()] param() $PSCmdlet.ThrowTerminatingError($record) }
& ([scriptblock]::Create('Stop-It'))`;
    const { stderr } = await runPowerShell(['-Command', script]);
    expect(toLines(stderr)).toEqual(['Stop-It: In plain words.', '  Recommendation: Do this.']);
  });
});
