import { CmdletError, type CmdletErrorDetails } from 'ts-cmdlet';

/** The error where there is no git to run. */
export function gitNotFound(cause: unknown): CmdletError {
  return new CmdletError({
    errorId: 'GitNotFound',
    category: 'NotInstalled',
    message: 'Git was not found: there is no git on the PATH.',
    recommendedAction: 'Install Git (https://git-scm.com/downloads), then start a new session.',
    target: 'git',
    cause,
  });
}

type Explanation = Pick<CmdletErrorDetails, 'errorId' | 'category' | 'recommendedAction'>;

/** What git's messages mean to a user of the cmdlets; the first that fits. */
const explanations: readonly [message: RegExp, Explanation][] = [
  [
    /not a git repository|cannot change to/,
    {
      errorId: 'RepositoryNotFound',
      category: 'ObjectNotFound',
      recommendedAction: 'Pass the path of a folder in a repository by -Path.',
    },
  ],
  [
    /dubious ownership/,
    {
      errorId: 'RepositoryNotTrusted',
      category: 'SecurityError',
      recommendedAction: 'If you trust the owner of the folder, add it to the setting safe.directory of git.',
    },
  ],
  [
    /tag '.*' already exists/,
    { errorId: 'TagExists', category: 'ResourceExists', recommendedAction: 'Choose another name.' },
  ],
  [
    /is not a valid tag name/,
    {
      errorId: 'InvalidTagName',
      category: 'InvalidArgument',
      recommendedAction: 'Choose a name without spaces and without ~ ^ : ? * [ \\.',
    },
  ],
  [
    /Failed to resolve|unknown revision|bad revision/,
    {
      errorId: 'CommitNotFound',
      category: 'ObjectNotFound',
      recommendedAction: 'Pass a hash that Get-GitCommit gives, or the name of a branch or a tag.',
    },
  ],
];

const unexplained: Explanation = {
  errorId: 'GitFailed',
  category: 'NotSpecified',
  recommendedAction: 'Run the same with git itself to see more.',
};

/** The error that git's own words on stderr stand for. They go to the user as well. */
export function gitFailed(folder: string, complaint: string): CmdletError {
  const [, explanation] = explanations.find(([message]) => message.test(complaint)) ?? [undefined, unexplained];
  const reason = complaint
    .trim()
    .split('\n')[0]
    ?.replace(/^fatal: /, '');
  return new CmdletError({
    ...explanation,
    message: `Git failed in ${folder}: ${reason || 'it did not say why'}.`,
    target: folder,
  });
}

/** Whether an error is that of a repository that has no commit yet. */
export function isWithoutCommits(error: unknown): boolean {
  return error instanceof CmdletError && /does not have any commits yet|bad revision 'HEAD'/.test(error.message);
}
