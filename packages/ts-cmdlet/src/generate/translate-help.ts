import type { CommandHelp, InputOutput } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import type { ModulePages, Translation } from './module-help.ts';

/**
 * The help of all cmdlets in another language. A translation gives the prose; what the cmdlet takes is what the module's
 * own help says, because Get-Help must not tell of parameters that are not there. A cmdlet without a translation keeps its
 * own page: PowerShell takes one MAML file for a language and looks no further.
 */
export function translateHelps(helps: readonly CommandHelp[], translation: Translation): CommandHelp[] {
  return helps.map(help => {
    const translated = translation.helps.find(({ name }) => isSame(name, help.name));
    return translated === undefined ? help : translateHelp(help, translated);
  });
}

function translateHelp(help: CommandHelp, translated: CommandHelp): CommandHelp {
  return {
    ...help,
    ...(translated.onlineVersionUrl ? { onlineVersionUrl: translated.onlineVersionUrl } : {}),
    synopsis: translated.synopsis,
    description: translated.description,
    examples: translated.examples,
    parameters: help.parameters.map(parameter => {
      const found = translated.parameters.find(({ name }) => isSame(name, parameter.name));
      return found === undefined ? parameter : { ...parameter, description: found.description };
    }),
    inputs: describe(help.inputs, translated.inputs),
    outputs: describe(help.outputs, translated.outputs),
    notes: translated.notes,
    relatedLinks: translated.relatedLinks,
  };
}

function describe(own: readonly InputOutput[], translated: readonly InputOutput[]): InputOutput[] {
  return own.map(type => ({
    ...type,
    description: translated.find(({ typename }) => isSame(typename, type.typename))?.description ?? type.description,
  }));
}

/** Warns of what a language lacks and of what it tells that is not there. */
export function checkTranslations(
  helps: readonly CommandHelp[],
  { translations = new Map(), aboutTopics = [] }: ModulePages,
): GenerateDiagnostic[] {
  return [...translations].flatMap(([culture, translation]) => {
    const known = translation.helps.flatMap(translated => {
      const help = helps.find(({ name }) => isSame(name, translated.name));
      return help === undefined
        ? [unknown(translated, 1, translated.name)]
        : checkParameters(help, translated, culture);
    });
    const missing = helps.filter(help => !translation.helps.some(({ name }) => isSame(name, help.name)));
    const lacking = aboutTopics.filter(topic => !translation.aboutTopics.some(({ name }) => isSame(name, topic.name)));
    return [...known, ...[...missing, ...lacking].map(({ file, name }) => untranslated(file, 1, name, culture))];
  });
}

function checkParameters(help: CommandHelp, translated: CommandHelp, culture: string): GenerateDiagnostic[] {
  const has = (page: CommandHelp, parameter: string) => page.parameters.some(({ name }) => isSame(name, parameter));
  return [
    ...translated.parameters
      .filter(({ name }) => !has(help, name))
      .map(({ name, line }) => unknown(translated, line, `-${name}`)),
    ...help.parameters
      .filter(({ name }) => !has(translated, name))
      .map(({ name }) => untranslated(translated.file, 1, `-${name}`, culture)),
  ];
}

function unknown({ file }: CommandHelp, line: number, what: string): GenerateDiagnostic {
  const message = `The translation tells of ${what}, which the module's own help does not have.`;
  return warning(problem({ file, line }, 'translation-unknown', message, 'Expected a page of the same name.'));
}

function untranslated(file: string, line: number, what: string, culture: string): GenerateDiagnostic {
  const message = `There is no translation of ${what} for ${culture}; it is shown as it is.`;
  return warning(problem({ file, line }, 'translation-missing', message, 'Expected one.'));
}

function warning(diagnostic: GenerateDiagnostic): GenerateDiagnostic {
  return { ...diagnostic, severity: 'warning' };
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
