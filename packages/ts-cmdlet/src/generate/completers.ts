import { quoteLiteral } from './powershell-text.ts';

/** The parameters that a module's handlers complete, by cmdlet. */
export type CompletedParameters = Readonly<Record<string, readonly string[]>>;

/**
 * The function that the completers of a module's script call. It is an advanced function for the sake of $PSCmdlet, by which
 * the host stops and writes to the debug stream.
 */
export const COMPLETE_ARGUMENT = `function Complete-Argument {
    [CmdletBinding()]
    param($Name, $Parameter, $Word, $Bound)

    try {
        $script:ModuleHost['CompleteArgument'].Invoke($PSCmdlet, $Name, $Parameter, $Word, $Bound)
    } catch {
        & $\u007Bfunction:Undo-CaughtError} $_
    }
}
`;

/**
 * The attribute of a parameter that its handler completes. A completer that is registered goes by a command's name, which
 * Import-Module -Prefix and a copy change; an attribute stays with its function. PowerShell hands its script the command, the
 * parameter, the word, the command's syntax tree, and what is bound. The script runs outside of the module, and finds it by
 * the command.
 */
export function completerAttribute(cmdlet: string, parameter: string): string {
  const module = "$ExecutionContext.InvokeCommand.GetCommand($args[0], 'Function').ScriptBlock.Module";
  const call = '{ & $\u007Bfunction:Complete-Argument} @args }';
  const values = `${quoteLiteral(cmdlet)} ${quoteLiteral(parameter)} $args[2] $args[4]`;
  return `[ArgumentCompleter({ & ${module} ${call} ${values} })]`;
}
