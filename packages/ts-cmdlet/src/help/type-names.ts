/**
 * A type's name for comparison: without namespaces, generic arity and case, C#'s and PowerShell's short names resolved.
 * Help writes `string[]` in SYNTAX and `System.String[]` in PARAMETERS, and both are right.
 */
export function comparableTypeName(type: string): string {
  const known = comparableNames.get(type);
  if (known !== undefined) return known;
  const name = toComparable(type);
  // A module has some hundred types; a page can have any text.
  if (comparableNames.size < 2000) comparableNames.set(type, name);
  return name;
}

const comparableNames = new Map<string, string>();

function toComparable(type: string): string {
  const nullable = withoutAssemblies(type).replace(/(?<![\w.])([\w.]+)\?(?=$|\[)/g, 'Nullable[$1]');
  return nullable
    .replace(/</g, '[')
    .replace(/>/g, ']')
    .replace(/`\d+/g, '')
    .replace(/\s+/g, '')
    .replace(/[^[\],]+/g, name => {
      const short = (name.split(/[.+/]/).at(-1) ?? name).toLowerCase();
      return SHORT_NAMES[short] ?? short;
    });
}

// ``Nullable`1[[System.Int32, System.Private.CoreLib, Version=8.0.0.0, …]]`` is what .NET calls a closed generic type.
function withoutAssemblies(type: string): string {
  if (!type.includes('Version=')) return type;
  return type.replace(/\[([^[\]]*)\]/g, (whole, inner: string) =>
    inner.includes('Version=') ? (inner.split(',', 1)[0] ?? inner) : whole,
  );
}

/** Whether SYNTAX shows a type: `Get-Command -Syntax` and PlatyPS 0.14 write the type in a Nullable for it, or ``Nullable`1``. */
export function isShownAs(type: string, shown: string): boolean {
  if (type === shown || type === shown.split('#', 1)[0]) return true;
  const [full, short] = [comparableTypeName(type), comparableTypeName(shown)];
  return full === short || full === `nullable[${short}]` || (short === 'nullable' && full.startsWith('nullable['));
}

/** Whether a type is a Nullable that does not say of what, as ``Nullable`1``. */
export function isOpenNullable(type: string): boolean {
  return /^(?:System\.)?Nullable(?:`1)?$/i.test(type);
}

/** Whether a text is the name of a type, and not prose: `Switch Parameter` and `<String>` are none. */
export function isTypeName(type: string): boolean {
  let name = type.trim();
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(/\[[^[\]]*\]|<[^<>]*>/g, '');
  }
  return /^[\p{L}_][\p{L}\p{N}_.+/`#]*(?<![.+/#])[?&*]?$/u.test(name);
}

/** Whether two spellings name the same type. */
export function isSameType(a: string, b: string): boolean {
  return a === b || comparableTypeName(a) === comparableTypeName(b);
}

/** Whether a type is PowerShell's switch. */
export function isSwitchType(type: string): boolean {
  return /switch/i.test(type) && comparableTypeName(type) === 'switchparameter';
}

const SHORT_NAMES: Partial<Record<string, string>> = {
  // C#
  ...{ bool: 'boolean', float: 'single', int: 'int32', long: 'int64', short: 'int16' },
  ...{ uint: 'uint32', ulong: 'uint64', ushort: 'uint16' },
  // PowerShell's type accelerators whose name is not the type's own
  ...{ switch: 'switchparameter', xml: 'xmldocument', bigint: 'biginteger' },
};
