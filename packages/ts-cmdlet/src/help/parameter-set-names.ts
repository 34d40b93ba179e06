/** The pseudo set in `Parameter Sets: (All)`: the parameter belongs to every set. */
export const ALL_PARAMETER_SETS = '(All)';

/** PowerShell's name for the one set of a command without named sets. */
export const UNNAMED_PARAMETER_SET = '__AllParameterSets';
