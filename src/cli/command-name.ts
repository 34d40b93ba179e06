/** What the command is called: in its own words, and as the package that a module depends on. */
export const COMMAND_NAME = 'ts-cmdlet';
