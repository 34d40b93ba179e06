import { describe, expect, it } from 'vitest';
import { startPowerShell } from './run-powershell.ts';

const longCommand = `
function Wait-Long {
    [CmdletBinding()] param()
    process {
        try { [Console]::Out.WriteLine('started'); Start-Sleep 60 } finally { [Console]::Out.WriteLine('finally') }
    }
    clean { [Console]::Out.WriteLine('clean') }
}
Wait-Long; [Console]::Out.WriteLine('never')
`;

// Windows has no signals: there, only a console can send a Ctrl+C.
describe.skipIf(process.platform === 'win32')('signals', () => {
  it('SIGINT stops the pipeline, whose finally and clean blocks run', async () => {
    await using shell = await startPowerShell(['-Command', longCommand]);
    await shell.waitForOutput('started');
    shell.kill('SIGINT');
    const { stdout, exitCode } = await shell.ended;
    expect(stdout).toBe('started\nfinally\nclean\n');
    expect(exitCode).toBe(1);
  });

  it('SIGINT leaves a session that reads commands alive', async () => {
    await using shell = await startPowerShell(['-NoExit', '-Command', '-']);
    shell.write('try { [Console]::Out.WriteLine("started"); Start-Sleep 60 } finally { "stopped" }\n"next"\nexit 3\n');
    await shell.waitForOutput('started');
    shell.kill('SIGINT');
    const { stdout, exitCode } = await shell.ended;
    expect(stdout).toContain('next');
    expect(exitCode).toBe(3);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s ends the process', async signal => {
    await using shell = await startPowerShell(['-Command', longCommand]);
    await shell.waitForOutput('started');
    shell.kill(signal);
    expect((await shell.ended).stdout).not.toContain('never');
  });
});

describe('the end of standard input', () => {
  it('ends a session that reads commands', async () => {
    await using shell = await startPowerShell(['-NoExit', '-Command', '-']);
    shell.write('"ready"\n');
    await shell.waitForOutput('ready');
    shell.end();
    expect((await shell.ended).exitCode).toBe(0);
  });

  it('ends the prompt that follows -NoExit', async () => {
    await using shell = await startPowerShell(['-NoExit', '-Command', '"ready"']);
    await shell.waitForOutput('ready');
    shell.end();
    expect((await shell.ended).exitCode).toBe(0);
  });
});
