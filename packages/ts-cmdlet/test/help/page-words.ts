// What a page says, counted in words: a second, crude route to "nothing is dropped" that shares no code with src/help.

/** The words that a command's page has outside its structure (front matter, headings of sections, keys of yaml blocks). */
export type PageWords = {
  /** How often each word stands in the prose, the examples, the types and the links. */
  prose: Map<string, number>;
  /** The words of SYNTAX and of the yaml blocks' values, where the page says much twice. */
  declared: Set<string>;
};

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Reads the words of a page line by line. */
export function pageWords(markdown: string): PageWords {
  const prose = new Map<string, number>();
  const declared = new Set<string>();
  let section = '';
  let fence = '';
  let isYaml = false;
  for (const line of markdown.replace(/^---\n[\s\S]*?\n---\n/, '').split('\n')) {
    const mark = /^\s*(```)(\w*)/.exec(line);
    if (mark !== null) {
      fence = fence === '' ? '```' : '';
      isYaml = fence !== '' && mark[2] === 'yaml';
      continue;
    }
    if (fence === '' && line.startsWith('## ')) section = line.slice(3).trim();
    if (fence === '' && /^(?:# |## |### CommonParameters|### -)/.test(line)) continue;
    if (isYaml) {
      for (const word of wordsOf(line.replace(/^[^:]*:/, ''))) declared.add(word);
    } else if (section === 'SYNTAX') {
      for (const word of wordsOf(line.replace(/\(Default\)$|<CommonParameters>/, ''))) declared.add(word);
    } else {
      for (const word of wordsOf(line)) prose.set(word, (prose.get(word) ?? 0) + 1);
    }
  }
  return { prose, declared };
}

/** The words of a model, each text once: a block of prose has its source and, derived from it, its plain text. */
export function modelWords(model: unknown): Map<string, number> {
  const words = new Map<string, number>();
  const visit = (value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') {
      for (const word of wordsOf(String(value))) words.set(word, (words.get(word) ?? 0) + 1);
    } else if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (typeof value === 'object' && value !== null) {
      const isDerived = (key: string) => 'markdown' in value && key !== 'markdown';
      for (const [key, entry] of Object.entries(value)) if (!isDerived(key) && key !== 'line') visit(entry);
    }
  };
  visit(model);
  return words;
}
