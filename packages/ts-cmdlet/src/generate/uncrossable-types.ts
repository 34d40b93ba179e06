/**
 * Types that PowerShell knows and whose values can't leave its process: what they hold is code, a handle, a key or a
 * connection. The second is what a help can ask for in place of one.
 */
export const CANNOT_CROSS: ReadonlyMap<string, string> = new Map([
  ...[
    ...['System.Management.Automation.ScriptBlock', 'System.Delegate', 'System.Action', 'System.Type'],
    ...['System.Text.RegularExpressions.Regex', 'System.Text.Encoding'],
  ].map(name => [name, 'its text as String'] as const),
  ...[
    ...['System.IO.FileInfo', 'System.IO.DirectoryInfo', 'System.IO.FileSystemInfo', 'System.IO.Stream'],
    ...['System.IO.FileStream', 'System.IO.TextReader', 'System.IO.TextWriter', 'System.IO.StreamReader'],
    ...['System.IO.StreamWriter', 'System.IO.MemoryStream'],
  ].map(name => [name, 'a path as String'] as const),
  ...[
    ...['System.Security.Cryptography.X509Certificates.X509Certificate'],
    ...['System.Security.Cryptography.X509Certificates.X509Certificate2'],
  ].map(name => [name, 'a thumbprint as String'] as const),
  ...[
    ...['PSReference', 'PSVariable', 'PSModuleInfo', 'CommandInfo', 'Job', 'PSDriveInfo', 'PathInfo'],
    ...['Runspaces.PSSession', 'Runspaces.Runspace', 'Runspaces.RunspacePool', 'Host.PSHost', 'PowerShell'],
  ].map(name => [`System.Management.Automation.${name}`, 'a name or an id as String'] as const),
  ...['CimSession', 'CimInstance', 'CimClass'].map(
    name => [`Microsoft.Management.Infrastructure.${name}`, 'a name or an id as String'] as const,
  ),
  ...['System.Diagnostics.Process', 'System.ServiceProcess.ServiceController'].map(
    name => [name, 'a name or an id as String'] as const,
  ),
]);
