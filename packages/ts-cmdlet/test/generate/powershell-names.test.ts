import { expect, test } from 'vitest';
import { isAliasName, isCommandName } from '../../src/generate/powershell-names.ts';

test.each(['Get-Item', 'Connect-X2', 'prompt', 'Get', 'Get-A-B'])('%s is a command name', name =>
  expect(isCommandName(name)).toBe(true),
);
test.each(['', 'Get-', 'Get-A;B', 'Get-A\n', '-A', '1Get', 'Get Item', "Get-A'"])('%j is none', name =>
  expect(isCommandName(name)).toBe(false),
);

test.each(['Id', 'Old-Id', '2nd'])('%s is a name of an alias', name => expect(isAliasName(name)).toBe(true));
test.each(['', '-Id', 'a b', "a'b", 'a\n'])('%j is no name of an alias', name => expect(isAliasName(name)).toBe(false));
