import { createHash } from 'node:crypto';
import type { ModuleEnum } from './module-enums.ts';
import type { ModuleSettings } from './module-settings.ts';
import { quoteLiteral } from './powershell-text.ts';

/**
 * The full name of a module's enum, such as `Widgets.Enum1A2B3C4D.ColourName`. A .NET type stays in its process, so
 * the namespace holds a hash of the values: another version of the module, with others, has a type of its own.
 */
export function enumTypeName({ name, values }: ModuleEnum, settings: Pick<ModuleSettings, 'name'>): string {
  const hash = createHash('sha256').update(values.join()).digest('hex').slice(0, 8).toUpperCase();
  return `${settings.name.replace(/[^A-Za-z0-9_]/g, '_')}.Enum${hash}.${name}`;
}

/**
 * PowerShell that makes an enum, unless the process has it from an import before: that is kept in the process's data,
 * because to look for a type that is not there takes long. It does not use PowerShell's `enum`, which computes the values
 * with C#'s `dynamic` (bench/README.md). Two runspaces may both make it: the name then finds the first.
 */
export function enumDeclaration(declared: ModuleEnum, settings: Pick<ModuleSettings, 'name'>): string {
  const type = quoteLiteral(enumTypeName(declared, settings));
  return `if ($null -eq [System.AppDomain]::CurrentDomain.GetData(${type})) {
    $enumType = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly(${type}, 'Run').DefineDynamicModule(${type}).DefineEnum(${type}, 'Public', [int])
    $enumValue = 0
    foreach ($enumName in ${declared.values.map(quoteLiteral).join(', ')}) { [void] $enumType.DefineLiteral($enumName, $enumValue++) }
    [System.AppDomain]::CurrentDomain.SetData(${type}, $enumType.CreateType())
}
`;
}
