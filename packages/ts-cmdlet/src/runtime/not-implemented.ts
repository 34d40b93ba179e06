import { CmdletError, type RunnableCmdlet } from './cmdlet.ts';

/** The error of a cmdlet that has help and no handler yet: it says where the handler goes. */
export function notImplemented(cmdlet: string): CmdletError {
  return new CmdletError({
    errorId: 'NotImplemented',
    category: 'NotImplemented',
    message: `${cmdlet} is not implemented in this version of its module.`,
    recommendedAction: `Update the module. Its author adds a handler for ${cmdlet} to the cmdlets in main.ts.`,
    target: cmdlet,
  });
}

/** Stands for the handler of a cmdlet that has none: each call, -WhatIf too, ends with `notImplemented`. */
export function withoutHandler<Parameters>(cmdlet: string): RunnableCmdlet<Parameters> {
  return {
    begin: () => ({
      prepare() {
        throw notImplemented(cmdlet);
      },
    }),
  };
}
