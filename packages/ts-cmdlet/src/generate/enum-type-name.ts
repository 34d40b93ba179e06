import { createHash } from 'node:crypto';
import type { ModuleEnum } from './module-enums.ts';
import type { ModuleSettings } from './module-settings.ts';

type Named = Pick<ModuleSettings, 'name'>;

/** The full name of a module's enum, such as `Widgets.ColourName`: the one that a person sees. */
export function enumTypeName({ name }: ModuleEnum, settings: Named): string {
  return `${namespaceOf(settings)}.${name}`;
}

/**
 * The name by which the module's script finds its enum, such as `Widgets.Enum1A2B3C4D.ColourName`, a type accelerator. A
 * .NET type stays in its process, and its name finds the oldest, so this name holds a hash of the values: another version of
 * the module, with others, has a type of its own.
 */
export function enumAccelerator({ name, values }: ModuleEnum, settings: Named): string {
  const hash = createHash('sha256').update(values.join()).digest('hex').slice(0, 8).toUpperCase();
  return `${namespaceOf(settings)}.Enum${hash}.${name}`;
}

function namespaceOf({ name }: Named): string {
  return name.replace(/[^A-Za-z0-9_]/g, '_');
}
