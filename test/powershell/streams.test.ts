import { describe, expect, it } from 'vitest';
import { runPowerShell, runScript, toLines } from './run-powershell.ts';

const writeAll = `
function Write-All {
    [CmdletBinding()] param()
    $progress = [System.Management.Automation.ProgressRecord]::new(1, 'the activity', 'the status')
    $PSCmdlet.WriteProgress($progress)
    $PSCmdlet.WriteObject('an object')
    $PSCmdlet.WriteWarning('a warning')
    $PSCmdlet.WriteVerbose('a detail')
    $PSCmdlet.WriteDebug('a finding')
    $PSCmdlet.WriteInformation('some information', @('tag'))
    $exception = [System.InvalidOperationException]::new('an error')
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, 'TheId', 'InvalidOperation', 5))
}
`;

describe('streams', () => {
  it('go to standard output when they are shown, and errors to standard error', async () => {
    const { stdout, stderr } = await runPowerShell([
      '-Command',
      `${writeAll}; $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; Write-All`,
    ]);
    expect(toLines(stdout)).toEqual([
      'an object',
      'WARNING: a warning',
      'VERBOSE: a detail',
      'DEBUG: a finding',
      'some information',
    ]);
    expect(stderr).toMatch(/^Write-All: [\s\S]*an error\s*$/);
  });

  it('show only what the preferences ask for', async () => {
    const { stdout } = await runPowerShell(['-Command', `${writeAll}; Write-All`]);
    expect(toLines(stdout)).toEqual(['an object', 'WARNING: a warning']);
  });

  it('can be merged and counted', async () => {
    const script = `${writeAll}; @(Write-All *>&1).Count; $Error[0].FullyQualifiedErrorId; $Error[0].TargetObject`;
    expect(await runScript(script)).toEqual(['4', 'TheId,Write-All', '5']);
  });

  it('are UTF-8 without a byte order mark', async () => {
    const write = '[Console]::Out.Write("grüße 漢字 😀"); [Console]::Error.Write("grüße 漢字 😀")';
    const { stdout, stderr } = await runPowerShell(['-Command', write]);
    expect(stdout).toBe('grüße 漢字 😀');
    expect(stderr).toBe('grüße 漢字 😀');
  });

  it('show objects formatted', async () => {
    const lines = await runScript('[pscustomobject]@{ Name = "n"; Value = 12 }');
    expect(lines.filter(line => line !== '').map(line => line.trim())).toEqual([
      'Name Value',
      '---- -----',
      'n       12',
    ]);
  });
});
