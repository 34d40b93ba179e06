import type { Invocation } from 'ts-cmdlet';
import { sessionHost } from './session-host-validators.ts';

/**
 * Tells something that a person has to act on: a warning that is seen even where warnings are silent, and where no host
 * shows anything (SessionHost.ps1) a line as Write-Host writes it, which a job gives on to who receives from it.
 */
export async function announce(invocation: Invocation, message: string): Promise<void> {
  invocation.writeWarning(message, { mustBeSeen: true });
  const answer = await invocation.callHost('Get-SessionHost');
  if (!sessionHost.accepts(answer)) throw new Error(`The answer of Get-SessionHost: ${sessionHost.explain()}`);
  if (!answer.entries.isSeen) invocation.writeInformation(message, ['PSHOST']);
}
