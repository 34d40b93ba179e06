/**
 * The parameters that PowerShell gives every cmdlet, with their aliases (about_CommonParameters). Help that describes them
 * declares nothing new.
 */
export const COMMON_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['Verbose', 'vb'],
  ['Debug', 'db'],
  ['ErrorAction', 'ea'],
  ['WarningAction', 'wa'],
  ['InformationAction', 'infa'],
  ['ProgressAction', 'proga'],
  ['ErrorVariable', 'ev'],
  ['WarningVariable', 'wv'],
  ['InformationVariable', 'iv'],
  ['OutVariable', 'ov'],
  ['OutBuffer', 'ob'],
  ['PipelineVariable', 'pv'],
]);

const names = new Set([...COMMON_PARAMETERS.keys()].map(name => name.toLowerCase()));

/** Whether a name is a common parameter's. */
export function isCommonParameterName(name: string): boolean {
  return names.has(name.toLowerCase());
}
