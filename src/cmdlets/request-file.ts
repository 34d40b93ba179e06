import type { Invocation } from 'ts-cmdlet';
import { requestFile } from './request-validators.ts';

/** The full path of a file, by PowerShell's location and drives (RequestFile.ps1). */
export async function hostRequestFile(invocation: Invocation, path: string): Promise<string> {
  const answer = await invocation.callHost('Resolve-RequestFile', { Path: path });
  if (!requestFile.accepts(answer)) throw new Error(`The answer of Resolve-RequestFile: ${requestFile.explain()}`);
  return answer.entries.path;
}
