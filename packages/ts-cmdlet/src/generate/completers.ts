import type { GeneratedFile } from './generated-file.ts';
import { quoteLiteral } from './powershell-text.ts';

/** The parameters that a module's handlers complete, by cmdlet. */
export type CompletedParameters = Readonly<Record<string, readonly string[]>>;

/**
 * Adds to a module's script what registers the completers of its handlers at the import. The handlers alone say which there
 * are, so this comes after the help has been generated from. PowerShell calls a script block of the module, and that the host.
 */
export function withCompleters(
  module: readonly GeneratedFile[],
  completed: CompletedParameters,
): readonly GeneratedFile[] {
  const registrations = Object.entries(completed).flatMap(([cmdlet, parameters]) =>
    parameters.map(parameter => registration(quoteLiteral(cmdlet), quoteLiteral(parameter))),
  );
  if (registrations.length === 0) return module;
  const script = `\n${COMPLETE_ARGUMENT}\n${registrations.join('\n')}\n`;
  return module.map(file => (file.path.endsWith('.psm1') ? { ...file, content: file.content + script } : file));
}

/** It is an advanced function for the sake of $PSCmdlet, by which the host stops and writes to the debug stream. */
const COMPLETE_ARGUMENT = `function Complete-Argument {
    [CmdletBinding()]
    param($Name, $Parameter, $Word, $Bound)

    try {
        $script:ModuleHost['CompleteArgument'].Invoke($PSCmdlet, $Name, $Parameter, $Word, $Bound)
    } catch {
        & $\u007Bfunction:Undo-CaughtError} $_
    }
}
`;

/** PowerShell hands a completer the command, the parameter, the word, the command's syntax tree, and what is bound. */
function registration(cmdlet: string, parameter: string): string {
  const call = `& $\u007Bfunction:Complete-Argument} ${cmdlet} ${parameter} $args[2] $args[4]`;
  return `Microsoft.PowerShell.Core\\Register-ArgumentCompleter -CommandName ${cmdlet} -ParameterName ${parameter} -ScriptBlock { ${call} }`;
}
