import { declareOutput, Type } from 'ts-cmdlet';

/** What Add-GitTag writes with -PassThru. */
export const Tag = declareOutput('GitHistory.Tag', {
  Name: Type.String(),
  Commit: Type.String(),
  Path: Type.String(),
});
