import { isPlainIdentifier } from './powershell-text.ts';

/** PowerShell keeps a command's sets as the bits of a UInt32. */
export const MAXIMUM_SETS = 32;

/** What a plain identifier is, for messages. */
export const identifierRule = 'Expected letters, digits and underscores, with no digit first.';

/** Variables that PowerShell lets no function replace, and those that the generated function needs. */
const takenVariables = new Set(
  `EnabledExperimentalFeatures ExecutionContext false HOME Host IsCoreCLR IsLinux IsMacOS IsWindows MyInvocation null PID
  PSBoundParameters PSCmdlet PSCulture PSEdition PSHOME PSUICulture PSVersionTable ShellId true`
    .toLowerCase()
    .split(/\s+/),
);

/** Whether PowerShell keeps a variable for itself. */
export function isTakenVariable(name: string): boolean {
  return takenVariables.has(name.toLowerCase());
}

/** Why a parameter cannot have a name; undefined where it can. */
export function whyUnusable(name: string): string | undefined {
  if (!isPlainIdentifier(name)) return `'${name}' can't be a parameter's name.`;
  return isTakenVariable(name)
    ? `'${name}' can't be a parameter's name: PowerShell keeps $${name} for itself.`
    : undefined;
}

/** Whether a command can have a name: Verb-Noun, or a word alone, of letters, digits and underscores. */
export function isCommandName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/.test(name);
}

/** Whether a parameter can have an alias: a name, hyphens within. */
export function isAliasName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(name);
}

/** Whether a name can be that of a MAML file. */
export function isHelpFileName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.xml$/.test(name);
}
