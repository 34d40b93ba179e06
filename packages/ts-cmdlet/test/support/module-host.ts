/** PowerShell that gives the module in which an imported module's host and own PowerShell are, loaded if it is not yet. */
export function moduleHost(module: string): string {
  return `(& (Get-Module ${module}) { Get-HostCommand 'Invoke-CoreCmdlet' $null }).Module`;
}
