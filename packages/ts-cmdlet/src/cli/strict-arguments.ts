import { type ArgsDef, defineCittyPlugin } from 'citty';
import { nearestName } from '../generate/nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** A citty plugin: refuses options that a command does not have or that lack their value, and arguments too many. */
export const strictArguments = defineCittyPlugin({
  name: 'strict-arguments',
  async setup({ args, cmd }) {
    const declared: ArgsDef = (await (typeof cmd.args === 'function' ? cmd.args() : cmd.args)) ?? {};
    const definitions = Object.entries(declared);
    const known = definitions.map(([name]) => name);
    // citty adds the name of `--help-folder` in camel case.
    const asWritten = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const unknown = Object.keys(args).find(
      name => name !== '_' && !known.includes(name) && !known.includes(asWritten(name)),
    );
    if (unknown !== undefined) {
      const options = definitions.filter(([, { type }]) => type !== 'positional').map(([name]) => name);
      const nearest = nearestName(unknown, options);
      const hint = nearest === undefined ? '' : ` Did you mean --${nearest}?`;
      throw new UsageError(`There is no option ${unknown.length === 1 ? '-' : '--'}${unknown}.${hint}`);
    }
    const empty = definitions.find(([name, { type }]) => type === 'string' && args[name] === '');
    if (empty !== undefined) throw new UsageError(`The option --${empty[0]} needs a ${empty[1].valueHint ?? 'value'}.`);
    const positionals = definitions.filter(([, { type }]) => type === 'positional').length;
    const extra = args._[positionals];
    if (extra !== undefined) throw new UsageError(`The argument '${extra}' is one too many.`);
  },
});
