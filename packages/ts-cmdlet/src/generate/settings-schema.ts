import { ModuleSettings } from './module-settings.ts';

/** Writes `module.schema.json`: the JSON Schema by which editors complete and check a `module.json` that names it in `$schema`. */
export function settingsSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Generated from src/generate/module-settings.ts. Do not edit: change that and run npm run build.',
    title: 'The settings of a PowerShell module that ts-cmdlet builds',
    ...ModuleSettings,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
