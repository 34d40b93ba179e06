import { definePipelineCmdlet, type Invocation, type Plan, typedObject } from 'ts-cmdlet';
import { Contributors } from './contributors.ts';
import { GetGitContributorDefaults, type GetGitContributorParameters } from './generated/Get-GitContributor.ts';
import { type GitCall, gitLog, runGit } from './git.ts';
import { dateTimeOffset } from './git-date.ts';
import { readRepository } from './read-repository.ts';

interface GetContributorPlan extends Plan {
  readonly path: string | undefined;
}

/**
 * Get-GitContributor: counts the commits of each author over all repositories that come through the pipeline. Nothing can
 * be written before the last is read, so `end` writes.
 */
export const getContributor = definePipelineCmdlet<GetGitContributorParameters, GetContributorPlan>(commandLine => {
  const { MinimumCommits = GetGitContributorDefaults.MinimumCommits } = commandLine;
  const contributors = new Contributors();
  return {
    plan: ({ Path }) => ({ path: Path }),
    run: ({ path }, invocation) => readRepository(invocation, path, call => count(call, contributors, invocation)),
    async end(invocation) {
      for (const { name, email, commits, first, last } of contributors.byCommits()) {
        if (commits < MinimumCommits) break;
        const [FirstCommit, LastCommit] = [dateTimeOffset(first), dateTimeOffset(last)];
        const contributor = { Name: name, Email: email, Commits: commits, FirstCommit, LastCommit };
        await invocation.writeObject(typedObject('GitHistory.Contributor', contributor));
      }
    },
  };
});

async function count(call: GitCall, contributors: Contributors, invocation: Invocation): Promise<void> {
  const activity = `Counting the commits of ${call.folder}`;
  const total = await countAll(call);
  let read = 0;
  for await (const [name = '', email = '', date = ''] of gitLog(call, ['%aN', '%aE', '%aI'])) {
    contributors.add(name, email, date);
    read += 1;
    if (read % 1000 !== 0) continue;
    const percentComplete = Math.min(100, Math.floor((read / total) * 100));
    invocation.writeProgress({ activity, status: `${read} of ${total}`, percentComplete });
  }
  if (read >= 1000) invocation.writeProgress({ activity, status: 'Done', completed: true });
}

async function countAll(call: GitCall): Promise<number> {
  let answer = '';
  for await (const text of runGit(call, ['rev-list', '--count', 'HEAD', '--'])) answer += text;
  return Number(answer);
}
