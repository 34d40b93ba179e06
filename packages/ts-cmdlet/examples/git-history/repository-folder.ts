import type { Invocation } from 'ts-cmdlet';

/**
 * Gives the full path of the folder that a cmdlet's -Path names, the current location when there is none:
 * RepositoryFolder.ps1 has the other side.
 */
export async function repositoryFolder(invocation: Pick<Invocation, 'callHost'>, path = '.'): Promise<string> {
  const folder = await invocation.callHost('Resolve-RepositoryFolder', { Path: path });
  if (typeof folder === 'string') return folder;
  throw new Error(`Resolve-RepositoryFolder gave ${typeof folder} and no path.`);
}
