import { defineCmdlet, type Plan } from 'ts-cmdlet';
import type { AddGitTagParameters } from './generated/index.ts';
import { runGit } from './git.ts';
import { repositoryFolder } from './repository-folder.ts';
import { Tag } from './tag.ts';

interface AddTagPlan extends Plan {
  readonly parameters: AddGitTagParameters;
}

/** Add-GitTag: gives a commit a name. Its plan says so, and PowerShell asks before `run`. */
export const addTag = defineCmdlet<AddGitTagParameters, AddTagPlan>({
  plan: parameters => ({
    parameters,
    confirm: { target: `commit ${parameters.Commit ?? 'HEAD'}`, action: `Add the tag ${parameters.Name}` },
  }),
  async run({ parameters: { Name, Commit = 'HEAD', Message, Path, PassThru = false } }, invocation) {
    const folder = await repositoryFolder(invocation, Path);
    const message = Message === undefined ? [] : ['--annotate', `--message=${Message}`];
    // What comes after -- is no option, whatever it looks like.
    const args = ['tag', '--no-sign', ...message, '--', Name, Commit];
    for await (const text of runGit({ folder, signal: invocation.signal }, args))
      invocation.writeVerbose(text.trimEnd());
    if (PassThru) await invocation.writeObject(Tag({ Name, Commit, Path: folder }));
  },
});
