/**
 * How the command ends, for scripts: `findings` is help, settings or code to be mended, `usage` is a wrong call, `fault` is
 * a mistake of the command itself.
 */
export const ExitCode = { done: 0, findings: 1, usage: 2, fault: 3 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
