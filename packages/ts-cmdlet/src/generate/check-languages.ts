import type { AboutTopic } from '../help/about-topic-model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { CULTURE_NAME, type ModulePages } from './module-help.ts';

/** Looks for languages and conceptual topics whose files no module can have side by side. */
export function checkLanguages(
  culture: string,
  { aboutTopics = [], translations = new Map() }: ModulePages,
): GenerateDiagnostic[] {
  const problems = checkTopics(aboutTopics);
  const cultures = new Set([culture.toLowerCase()]);
  for (const [name, translation] of translations) {
    const file = translation.helps[0]?.file ?? translation.aboutTopics[0]?.file ?? name;
    if (cultures.has(name.toLowerCase()) || !CULTURE_NAME.test(name)) {
      const message = `The help in '${name}' is in the language of other pages.`;
      problems.push(problem({ file, line: 1 }, 'culture-repeated', message, 'Expected one folder for a language.'));
    }
    cultures.add(name.toLowerCase());
    problems.push(...checkTopics(translation.aboutTopics));
  }
  return problems;
}

function checkTopics(topics: readonly AboutTopic[]): GenerateDiagnostic[] {
  const files = new Map<string, string>();
  return topics.flatMap(({ name, file }) => {
    const at = { file, line: 1 };
    const known = files.get(name.toLowerCase());
    files.set(name.toLowerCase(), file);
    if (!/^about_[\p{L}\p{N}_.-]+$/u.test(name)) {
      const message = `'${name}' can't be a topic's name.`;
      return [problem(at, 'topic-name-unusable', message, 'Expected about_ and letters, digits and underscores.')];
    }
    if (known === undefined) return [];
    return [problem(at, 'topic-repeated', `${known} is of the topic ${name} as well.`, 'Expected one page.')];
  });
}
