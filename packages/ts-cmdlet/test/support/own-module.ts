/** PowerShell that gives the module in which an imported module's own PowerShell is, loaded if it is not yet. */
export function ownModule(module: string): string {
  return `(& (Get-Module ${module}) { Get-OwnModule })`;
}
