/** What the command is called in its own words. */
export const COMMAND_NAME = 'ts-cmdlet';
