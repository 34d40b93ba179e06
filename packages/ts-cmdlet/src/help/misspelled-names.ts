import type { Findings } from './diagnostic.ts';
import type { Parameters } from './parameters.ts';
import { describedParameters, findIn, type Syntax } from './syntax.ts';

/**
 * Takes a parameter that PARAMETERS alone has, and one that SYNTAX alone has, as one where their names differ by a letter. It
 * has the name of SYNTAX, which was right in 4 of the 6 cases whose source is public, and the other name as an alias.
 */
export function matchMisspelledNames(syntax: Syntax, described: Parameters, findings: Findings): void {
  const known = describedParameters(described);
  const shown = syntax.items.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  const alone = [...new Map(shown.map(name => [name.toLowerCase(), name])).values()].filter(
    name => !known.has(name.toLowerCase()) && !described.withoutYaml.some(each => isSame(each.name, name)),
  );
  for (const parameter of described.parameters) {
    const { name, line } = parameter;
    if (syntax.items.some(item => findIn(item, name) !== undefined)) continue;
    const [meant, ...others] = alone.filter(each => isOneLetterApart(name.toLowerCase(), each.toLowerCase()));
    if (meant === undefined || others.length > 0) continue;
    alone.splice(alone.indexOf(meant), 1);
    findings.add(
      'parameter-name-mismatch',
      line,
      `PARAMETERS has -${name}, which SYNTAX does not have; it is taken as -${meant} of SYNTAX, with this name as an alias`,
      `Write \`### -${meant}\`, or the same in SYNTAX`,
      {
        parameters: [name, meant],
        members: ['parameters', 'aliases', 'parameterSets', 'isRequired', 'isPositional', 'type'],
      },
    );
    parameter.name = meant;
    parameter.aliases = [...parameter.aliases, name];
  }
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether one letter is added, left out or another one. Short names are too near to each other. */
function isOneLetterApart(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 4) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [ofA, ofB] = [a, b].map(text => text.slice(start, text.length - end));
  return /^\p{L}?$/u.test(ofA ?? '') && /^\p{L}?$/u.test(ofB ?? '');
}
