import { defineCmdlet, type Invocation, type Plan } from 'ts-cmdlet';
import type { RemoveGitTagParameters } from './generated/index.ts';
import { runGit } from './git.ts';
import { repositoryFolder } from './repository-folder.ts';

interface RemoveTagPlan extends Plan {
  readonly patterns: readonly string[];
  readonly force: boolean;
  readonly path: string | undefined;
}

/** Remove-GitTag: finds the tags first, and asks before each. So its plan runs under -WhatIf, and asks without -Force too. */
export const removeTag = defineCmdlet<RemoveGitTagParameters, RemoveTagPlan>({
  plan: ({ Name, Force = false, Path }) => ({ patterns: Name, force: Force, path: Path, runsUnderWhatIf: true }),
  complete: {
    async Name(word, { Path }, invocation) {
      const tags = await listTags(invocation, [`${word}*`], typeof Path === 'string' ? Path : undefined);
      return tags.map(text => ({ text, tooltip: `The tag ${text}` }));
    },
  },
  async run({ patterns, force, path }, invocation) {
    const call = { folder: await repositoryFolder(invocation, path), signal: invocation.signal };
    const tags = await listTags(invocation, patterns, path);
    for (const tag of tags) {
      // First, and without a condition: this is what -WhatIf and -Confirm see.
      if (!(await invocation.shouldProcess(`tag ${tag}`, 'Remove'))) continue;
      const query = `Remove the tag ${tag}? Its name is gone for good.`;
      if (!force && !(await invocation.shouldContinue(query, 'Remove a tag'))) continue;
      for await (const text of runGit(call, ['tag', '--delete', '--', tag])) invocation.writeVerbose(text.trimEnd());
    }
  },
});

/** The tags of a repository whose names git's patterns find. */
async function listTags(
  invocation: Pick<Invocation, 'callHost' | 'signal'>,
  patterns: readonly string[],
  path: string | undefined,
): Promise<string[]> {
  const call = { folder: await repositoryFolder(invocation, path), signal: invocation.signal };
  let listed = '';
  for await (const text of runGit(call, ['tag', '--list', '--', ...patterns])) listed += text;
  return listed.split('\n').filter(Boolean);
}
