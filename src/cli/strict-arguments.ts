import { defineCittyPlugin } from 'citty';
import { UsageError } from './usage-error.ts';

/** A citty plugin: refuses options that a command does not have, and arguments that are too many. */
export const strictArguments = defineCittyPlugin({
  name: 'strict-arguments',
  async setup({ args, cmd }) {
    const definitions: object = await (typeof cmd.args === 'function' ? cmd.args() : (cmd.args ?? {}));
    const known = ['_', ...Object.keys(definitions)];
    // citty adds the name of `--help-folder` in camel case.
    const asWritten = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const unknown = Object.keys(args).find(name => !known.includes(name) && !known.includes(asWritten(name)));
    if (unknown !== undefined) throw new UsageError(`There is no option --${unknown}.`);
    const positionals = Object.values(definitions).filter(({ type }) => type === 'positional').length;
    const extra = args._[positionals];
    if (extra !== undefined) throw new UsageError(`The argument '${extra}' is one too many.`);
  },
});
