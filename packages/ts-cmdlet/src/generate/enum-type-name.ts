import { createHash } from 'node:crypto';
import type { ModuleEnum } from './module-enums.ts';
import type { ModuleSettings } from './module-settings.ts';

/**
 * The full name of a module's enum, such as `Widgets.Enum1A2B3C4D.ColourName`. A .NET type stays in its process, so
 * the namespace holds a hash of the values: another version of the module, with others, has a type of its own.
 */
export function enumTypeName({ name, values }: ModuleEnum, settings: Pick<ModuleSettings, 'name'>): string {
  const hash = createHash('sha256').update(values.join()).digest('hex').slice(0, 8).toUpperCase();
  return `${settings.name.replace(/[^A-Za-z0-9_]/g, '_')}.Enum${hash}.${name}`;
}
