import { type Findings, quoted } from './diagnostic.ts';
import type { Parameter } from './model.ts';

/** Leaves out an alias that is the parameter's own name: PowerShell refuses it, and it says nothing. */
export function dropOwnName(parameter: Parameter, findings: Findings): void {
  const aliases = parameter.aliases.filter(alias => alias.toLowerCase() !== parameter.name.toLowerCase());
  if (aliases.length === parameter.aliases.length) return;
  findings.add(
    'parameter-yaml-doubtful',
    parameter.blocks[0]?.line ?? parameter.line,
    `-${parameter.name} has its own name as an alias, which is left out`,
    'Take the alias away',
    { parameters: [parameter.name], members: ['aliases'] },
  );
  parameter.aliases = aliases;
}

/** Leaves out aliases that are no names, or that another parameter has already. A hyphen or quotes around a name are left out. */
export function leaveOutAliases(parameters: Parameter[], findings: Findings): void {
  const owners = new Map(parameters.map(({ name }) => [name.toLowerCase(), name]));
  for (const parameter of parameters) {
    const { name, line } = parameter;
    const data = { parameters: [name], members: ['aliases'] };
    parameter.aliases = parameter.aliases.flatMap(written => {
      const alias = written.replace(/^["'\u2018\u2019`]?[-–—―]?|["'\u2018\u2019`]$/g, '');
      const isName = /^[\p{L}\p{N}_?][\p{L}\p{N}_?-]*$/u.test(alias);
      if (!isName || alias !== written) {
        findings.add(
          'alias-invalid',
          line,
          `-${name} has the alias ${quoted(written)}, which is no name and is ${isName ? `read as ${quoted(alias)}` : 'left out'}`,
          'Write aliases parted by commas, without hyphens before them, quotes or blanks',
          data,
        );
      }
      if (!isName) return [];
      const owner = owners.get(alias.toLowerCase());
      if (owner === name) return [];
      if (owner !== undefined) {
        findings.add(
          'alias-collision',
          line,
          `-${name} has the alias ${quoted(alias)}, which is a name or alias of -${owner} and is left out`,
          'Give each name to one parameter',
          data,
        );
        return [];
      }
      owners.set(alias.toLowerCase(), name);
      return [alias];
    });
  }
}
