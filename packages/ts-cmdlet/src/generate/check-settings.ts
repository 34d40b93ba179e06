import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem, warning } from './generate-error.ts';
import type { ModuleSettings } from './module-settings.ts';
import { expectedName } from './nearest-name.ts';
import { supportsShouldProcess } from './parameter-sets.ts';
import { checkPathParameters } from './path-parameters.ts';
import { checkSecretParameters } from './secret-parameters.ts';
import { lineIn, type SettingsPath } from './settings-lines.ts';

/** Looks for names in the settings that the help does not know. */
export function checkModuleSettings(
  settings: ModuleSettings,
  helps: readonly CommandHelp[],
  file: string,
): GenerateDiagnostic[] {
  const problems: GenerateDiagnostic[] = [];
  const at = (path: SettingsPath) => ({ file, line: lineIn(settings, path) });
  const unknownName = (path: SettingsPath, written: string, what: string, known: readonly string[]) => {
    const message = `/${path.join('/')} ${what}.`;
    problems.push(problem(at(path), 'settings-name-unknown', message, expectedName(written, known)));
  };
  const commandNames = helps.map(({ name }) => name);
  /** The help of the cmdlet that a member is named after. */
  const commandAt = (path: readonly [string, string]) => {
    const help = helps.find(({ name }) => name === path[1]);
    if (help === undefined) unknownName(path, path[1], 'names no cmdlet of the help', commandNames);
    return help;
  };
  const outputs = [...new Set(helps.flatMap(help => help.outputs.map(({ typename }) => typename)))];
  settings.views.forEach(({ typeName }, index) => {
    if (outputs.includes(typeName)) return;
    unknownName(['views', index, 'typeName'], typeName, `is '${typeName}', which is in no help's OUTPUTS`, outputs);
  });
  (settings.types ?? []).forEach(({ typeName }, index) => {
    if (outputs.includes(typeName)) return;
    unknownName(['types', index, 'typeName'], typeName, `is '${typeName}', which is in no help's OUTPUTS`, outputs);
  });
  for (const commandName of Object.keys(settings.confirmImpact ?? {})) {
    const path = ['confirmImpact', commandName] as const;
    const help = commandAt(path);
    if (help === undefined || supportsShouldProcess(help)) continue;
    const message = `/${path.join('/')}: ${commandName} never asks, because its help has no -WhatIf.`;
    problems.push(problem(at(path), 'confirm-impact-unusable', message, 'Expected a cmdlet with -WhatIf.'));
  }
  for (const member of ['parameterValidation', 'pathParameters'] as const) {
    for (const [commandName, parameters] of Object.entries(settings[member] ?? {})) {
      const path = [member, commandName] as const;
      const names = commandAt(path)?.parameters.map(({ name }) => name);
      for (const name of Object.keys(parameters).filter(key => names?.includes(key) === false)) {
        unknownName([...path, name], name, `names no parameter of ${commandName}`, names ?? []);
      }
    }
  }
  for (const [commandName, names] of Object.entries(settings.secretParameters ?? {})) {
    const path = ['secretParameters', commandName] as const;
    const known = commandAt(path)?.parameters.map(({ name }) => name);
    for (const name of names.filter(each => known?.includes(each) === false)) {
      unknownName(path, name, `has '${name}', which is no parameter of ${commandName}`, known ?? []);
    }
  }
  problems.push(...checkSecretParameters(settings, helps, file), ...checkPathParameters(settings, helps, file));
  for (const [commandName, left] of Object.entries(settings.leaveOut ?? {})) {
    const path = ['leaveOut', commandName] as const;
    const names = commandAt(path)?.parameters.map(({ name }) => name);
    if (left === true || names === undefined) continue;
    for (const name of left.filter(each => !names.includes(each))) {
      unknownName(path, name, `has '${name}', which is no parameter of ${commandName}`, names);
    }
  }
  for (const help of helps.filter(({ moduleName }) => moduleName !== settings.name)) {
    const isSpelling = help.moduleName.toLowerCase() === settings.name.toLowerCase();
    const message = `'Module Name' is '${help.moduleName}'.`;
    const expected = `Expected '${settings.name}', as in ${file}.`;
    const place = { file: help.file, line: 1 };
    problems.push(
      isSpelling
        ? warning(place, 'module-name-spelling', message, expected)
        : problem(place, 'module-name-conflict', message, expected),
    );
  }
  return problems;
}
