import { quote, startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import {
  BYTES,
  GENERIC_DICTIONARIES,
  GENERIC_LISTS,
  KNOWN_TYPES,
  PLAIN_COLLECTIONS,
} from '../../src/generate/type-table.ts';
import { CANNOT_CROSS } from '../../src/generate/uncrossable-types.ts';

// The table of types against .NET: each row names a type that PowerShell has, and says of it what .NET says.

test('every type of the table is one that PowerShell knows by both of its names', async () => {
  await using shell = await startShell();
  const Facts = Type.Object({
    fullName: Type.String(),
    isValueType: Type.Boolean(),
    values: Type.Array(Type.String()),
  });
  const known = [...KNOWN_TYPES, BYTES];
  const facts = await shell.run(
    Facts,
    `foreach ($type in ${known.map(({ powerShell }) => `[${powerShell}]`).join(', ')}) {
      @{ fullName = $type.FullName; isValueType = $type.IsValueType; values = @(if ($type.IsEnum) { [enum]::GetNames($type) }) }
    }`,
  );
  expect(facts).toEqual(
    known.map(({ fullName, isValueType = false, enumValues = [] }) => ({
      fullName,
      // A switch is a value type that nobody makes a Nullable of.
      isValueType,
      values: [...enumValues],
    })),
  );
  const collections = await shell.run(
    Type.String(),
    [
      ...[...PLAIN_COLLECTIONS.values()].map(name => `[${name}].FullName`),
      ...GENERIC_LISTS.map(name => `[${name}[int]].GetGenericTypeDefinition().FullName`),
      ...GENERIC_DICTIONARIES.map(name => `[${name}[string,int]].GetGenericTypeDefinition().FullName`),
    ].join('\n'),
  );
  expect(collections).toEqual([
    ...PLAIN_COLLECTIONS.keys(),
    ...GENERIC_LISTS.map(name => `${name}\`1`),
    ...GENERIC_DICTIONARIES.map(name => `${name}\`2`),
  ]);
});

test('every type that cannot cross is one that PowerShell knows', async () => {
  await using shell = await startShell();
  const names = [...CANNOT_CROSS.keys()];
  const unknown = await shell.run(
    Type.String(),
    `foreach ($name in ${names.map(quote).join(', ')}) { if ($null -eq ($name -as [type]) -and $null -eq ("$name\`1" -as [type])) { $name } }`,
  );
  expect(unknown).toEqual([]);
});
