import { type Cmdlets, serveCore } from 'ts-cmdlet';
import { addTag } from './add-tag.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import { getCommit } from './get-commit.ts';
import { getContributor } from './get-contributor.ts';
import { removeTag } from './remove-tag.ts';
import { Tag } from './tag.ts';

// The entry of the module's core: a cmdlet of the help without a handler here does not compile.

const cmdlets: Cmdlets<CmdletParameters> = {
  'Add-GitTag': addTag,
  'Get-GitCommit': getCommit,
  'Get-GitContributor': getContributor,
  'Remove-GitTag': removeTag,
};

serveCore(cmdlets, parameterValidators, { outputs: [Tag] });
