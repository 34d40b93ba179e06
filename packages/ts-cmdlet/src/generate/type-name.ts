/** A type's name taken apart: `Int32[]` is an array of `Int32`, `List[String]` the generic `List` of `String`. */
export type TypeName =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'array' | 'nullable'; readonly of: TypeName }
  | { readonly kind: 'generic'; readonly name: string; readonly of: readonly TypeName[] };

/**
 * Reads a type's name as help spells it: C#'s (`List<int>`, `int?`), PowerShell's (`List[int]`) or .NET's
 * (``System.Collections.Generic.List`1[System.Int32]``, each argument in brackets with its assembly or not). Gives
 * nothing for what is no type's name.
 */
export function parseTypeName(text: string): TypeName | undefined {
  const name = text.trim();
  const suffix = /^(.+)(\?|\[\s*\])$/s.exec(name);
  if (suffix?.[1] !== undefined) {
    const of = parseTypeName(suffix[1]);
    return of && { kind: suffix[2] === '?' ? 'nullable' : 'array', of };
  }
  const generic = /^([\w.+]+)(?:`\d+)?(?:\[(.+)\]|<(.+)>)$/s.exec(name);
  if (generic?.[1] === undefined) {
    return /^[\p{L}_][\w.+\p{L}]*(?:#[\w.+]+)?$/u.test(name) ? { kind: 'named', name } : undefined;
  }
  const of = splitArguments(generic[2] ?? generic[3] ?? '').map(parseArgument);
  if (!of.every(argument => argument !== undefined)) {
    return undefined;
  }
  const [first] = of;
  return /^(System\.)?Nullable$/i.test(generic[1]) && first !== undefined && of.length === 1
    ? { kind: 'nullable', of: first }
    : { kind: 'generic', name: generic[1], of };
}

/** `[System.String, System.Private.CoreLib, …]` names its assembly after the type. */
function parseArgument(text: string): TypeName | undefined {
  const withAssembly = /^\s*\[(.+)\]\s*$/s.exec(text)?.[1];
  return parseTypeName(withAssembly === undefined ? text : (splitArguments(withAssembly)[0] ?? ''));
}

/** Splits at the commas that are in no brackets. */
function splitArguments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const unit of text) {
    depth += '[<'.includes(unit) ? 1 : ']>'.includes(unit) ? -1 : 0;
    if (unit === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + unit);
  }
  return parts;
}

/** A type's name without its namespace and the class that it is in. */
export function lastPart(name: string): string {
  return name.split(/[.+]/).at(-1) ?? name;
}
