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
  );
  parameter.aliases = aliases;
}

/** Reports aliases that are no names, or that two parameters share. */
export function checkAliases(parameters: Parameter[], findings: Findings): void {
  const owners = new Map(parameters.map(({ name }) => [name.toLowerCase(), name]));
  for (const { name, aliases, line } of parameters) {
    for (const alias of aliases) {
      const owner = owners.get(alias.toLowerCase());
      if (!/^[\p{L}\p{N}_?][\p{L}\p{N}_?-]*$/u.test(alias)) {
        findings.add(
          'alias-invalid',
          line,
          `-${name} has the alias ${quoted(alias)}`,
          'Write aliases parted by commas, without hyphens before them, quotes or blanks',
        );
      } else if (owner !== undefined) {
        findings.add(
          'alias-collision',
          line,
          `-${name} has the alias ${quoted(alias)}, which is a name or alias of -${owner}`,
          'Give each name to one parameter',
        );
      }
      owners.set(alias.toLowerCase(), name);
    }
  }
}
