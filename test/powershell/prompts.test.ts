import { describe, expect, it } from 'vitest';
import { runPowerShell, toLines } from './run-powershell.ts';

const choices = `
$choices = [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.ChoiceDescription]]::new()
$choices.Add([System.Management.Automation.Host.ChoiceDescription]::new('&Yes', 'Does it.'))
$choices.Add([System.Management.Automation.Host.ChoiceDescription]::new('&No', 'Leaves it.'))
$choices.Add([System.Management.Automation.Host.ChoiceDescription]::new('Ne&ver'))
`;

async function ask(script: string, input: string): Promise<string> {
  const { stdout, stderr } = await runPowerShell(['-Command', script], input);
  expect(stderr).toBe('');
  return stdout;
}

describe('PromptForChoice', () => {
  const prompt = `${choices}; "picked $($Host.UI.PromptForChoice('The caption', 'The message', $choices, 1))"`;

  it.each([
    ['y\n', 0],
    ['YES\n', 0],
    ['v\n', 2],
    ['\n', 1],
    ['maybe\nnever\n', 2],
  ])('takes %j for the choice %i', async (input, expected) => {
    expect(await ask(prompt, input)).toContain(`picked ${expected}`);
  });

  it('shows the caption, the message, the choices, and help when asked', async () => {
    const output = await ask(prompt, '?\ny\n');
    expect(toLines(output).slice(0, 6)).toEqual([
      '',
      'The caption',
      'The message',
      '[Y] Yes  [N] No  [V] Never  [?] Help (default is "N"): ?',
      'Y - Does it.',
      'N - Leaves it.',
    ]);
  });

  it('takes several choices', async () => {
    const multiple = `${choices}; "picked $($Host.UI.PromptForChoice('', '', $choices, [int[]]@(1, 2)))"`;
    expect(await ask(multiple, '\n')).toContain('picked 1 2');
    expect(await ask(multiple, 'y\nnever\n\n')).toContain('picked 0 2');
  });

  it('refuses a default that is no choice', async () => {
    const { stderr } = await runPowerShell(['-Command', `${choices}; $Host.UI.PromptForChoice('', '', $choices, 3)`]);
    expect(stderr).toContain('PromptForChoice');
  });
});

describe('a mandatory parameter', () => {
  const test = `
function Test-Prompt {
    param([Parameter(Mandatory, HelpMessage = 'How many.')] [int] $Count, [Parameter(Mandatory)] [string[]] $Name)
    "$Count $($Name -join '+')"
}
Test-Prompt`;

  it('is asked for, again when the answer has the wrong form, and a list until an empty line', async () => {
    const output = await ask(test, '!?\nmany\n5\none\ntwo\n\n');
    expect(output).toContain('Count: ');
    expect(output).toContain('How many.');
    expect(output).toContain('Name[1]: ');
    expect(toLines(output).at(-1)).toBe('5 one+two');
  });
});

describe('ReadLine', () => {
  it('reads lines', async () => {
    expect(await ask('"<$($Host.UI.ReadLine())>"; "<$($Host.UI.ReadLine())>"', 'one\ntwo')).toMatch(
      /<one>[\s\S]*<two>/,
    );
  });
});

describe('-NonInteractive', () => {
  it('makes every prompt fail', async () => {
    const failing = [
      '$Host.UI.ReadLine()',
      '$Host.UI.ReadLineAsSecureString()',
      '$Host.UI.PromptForChoice("", "", $choices, 0)',
      '$Host.UI.PromptForCredential("", "", "user", "")',
      'Get-Credential',
      'function f { param([Parameter(Mandatory)] $A) }; f',
    ];
    const tries = failing.map(script => `try { ${script} } catch { $ids += $_.FullyQualifiedErrorId }`);
    const script = `${choices}; $ids = @(); ${tries.join('; ')}; [Console]::Out.WriteLine(); $ids`;
    const { stdout } = await runPowerShell(['-NonInteractive', '-Command', script]);
    expect(toLines(stdout).slice(-failing.length)).toEqual([
      'PSInvalidOperationException',
      'PSInvalidOperationException',
      'PSInvalidOperationException',
      'PSInvalidOperationException',
      'InvalidOperation,Microsoft.PowerShell.Commands.GetCredentialCommand',
      'MissingMandatoryParameter,f',
    ]);
  });
});

describe('EnterNestedPrompt', () => {
  it('reads commands until exit, and then goes on', async () => {
    const output = await ask('$inner = 1; $Host.EnterNestedPrompt(); "after $inner"', '$inner = 2\nexit\n');
    expect(toLines(output).at(-1)).toBe('after 2');
  });
});
