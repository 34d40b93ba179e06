import { defineCmdlet, type Plan, typedObject } from 'ts-cmdlet';
import type { GetGitCommitParameters } from './generated/index.ts';
import { gitLog } from './git.ts';
import { dateTimeOffset, gitDate } from './git-date.ts';
import { readRepository } from './read-repository.ts';

interface GetCommitPlan extends Plan {
  readonly path: string | undefined;
  readonly options: readonly string[];
}

const placeholders = ['%H', '%h', '%P', '%aN', '%aE', '%aI', '%s'];

/** Get-GitCommit: writes a repository's commits, the newest first, as git finds them. */
export const getCommit = defineCmdlet<GetGitCommitParameters, GetCommitPlan>({
  plan: ({ Path, Author = [], Since, Until, MaxCount }) => ({
    path: Path,
    options: [
      // A name is text here, not a regular expression.
      '--fixed-strings',
      ...Author.map(author => `--author=${author}`),
      ...(Since === undefined ? [] : [`--since=${gitDate(Since)}`]),
      ...(Until === undefined ? [] : [`--until=${gitDate(Until)}`]),
      ...(MaxCount === undefined ? [] : [`--max-count=${MaxCount}`]),
    ],
  }),
  run: ({ path, options }, invocation) =>
    readRepository(invocation, path, async call => {
      for await (const fields of gitLog(call, placeholders, options)) {
        const [Hash = '', ShortHash = '', parents = '', Author = '', Email = '', date = '', Subject = ''] = fields;
        const Parents = parents === '' ? [] : parents.split(' ');
        const commit = {
          Hash,
          ShortHash,
          Parents,
          Author,
          Email,
          Date: dateTimeOffset(date),
          Subject,
          Path: call.folder,
        };
        await invocation.writeObject(typedObject('GitHistory.Commit', commit));
      }
    }),
});
