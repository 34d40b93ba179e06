import { MAX_DEPTH, MAX_LINE_BYTES, METHODS, PROTOCOL_VERSION } from '../packages/ts-cmdlet/src/protocol/protocol.ts';
import { SCALAR_TYPES } from '../packages/ts-cmdlet/src/schema/scalar-types.ts';

/**
 * The constants that PowerShell's side has from TypeScript's, as C#: the protocol's version, limits and names, and the names of
 * the types that cross as text. A name that C# uses and TypeScript does not have fails to compile.
 */
export function hostTables(): string {
  const constants = [
    ['int', 'Version', String(PROTOCOL_VERSION)],
    ['int', 'MaximumLine', String(MAX_LINE_BYTES)],
    ['int', 'MaximumDepth', String(MAX_DEPTH)],
    ...Object.entries(METHODS).map(([name, method]) => ['string', capitalized(name), JSON.stringify(method)]),
  ];
  const types = Object.keys(SCALAR_TYPES).map(name => `        ${JSON.stringify(name)},`);
  return [
    '// Written by scripts/host-tables.ts.',
    'namespace TsCmdlet.Host;',
    '',
    'internal static class Protocol',
    '{',
    ...constants.map(([type, name, value]) => `    public const ${type} ${name} = ${value};`),
    '',
    '    public static readonly string[] ScalarTypes =',
    '    [',
    ...types,
    '    ];',
    '}',
    '',
  ].join('\n');
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
