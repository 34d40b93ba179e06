import { CmdletError, type Invocation } from 'ts-cmdlet';
import type { GitCall } from './git.ts';
import { isWithoutCommits } from './git-error.ts';
import { repositoryFolder } from './repository-folder.ts';

/**
 * Reads the repository that a cmdlet's -Path names. One without a commit has nothing to read. A folder in no repository is
 * a non-terminating error: others may come through the pipeline.
 */
export async function readRepository(
  invocation: Invocation,
  path: string | undefined,
  read: (call: GitCall) => Promise<void>,
): Promise<void> {
  const folder = await repositoryFolder(invocation, path);
  try {
    await read({ folder, signal: invocation.signal });
  } catch (error) {
    if (isWithoutCommits(error)) invocation.writeVerbose(`The repository in ${folder} has no commit yet.`);
    else if (error instanceof CmdletError && error.details.errorId === 'RepositoryNotFound')
      invocation.writeError(error);
    else throw error;
  }
}
