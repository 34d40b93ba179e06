import type { AboutTopic } from './about-topic-model.ts';
import { Findings, type HelpDiagnostic, quoted } from './diagnostic.ts';
import { frontMatterText, hasFrontMatter, NO_FRONT_MATTER, readFrontMatter } from './front-matter.ts';
import { otherKeys } from './front-matter-keys.ts';
import { headingText } from './inline-text.ts';
import { lexMarkdown } from './lex-markdown.ts';
import { normalisePage } from './page-text.ts';
import { readTextBlocks } from './text-blocks.ts';

/** Whether a file, by its name without folders, is a conceptual topic. */
export function isAboutTopicFile(name: string): boolean {
  return /^about_.+\.md$/i.test(name);
}

/**
 * Reads a conceptual topic. PlatyPS asks for no front matter there, and for the headings `Short description` and `Long
 * description`; `Get-Help about_*` lists a topic with the text of the first. As `readCommandHelp`, it never throws for
 * any text.
 */
export function readAboutTopic(
  markdown: string,
  file: string,
): { topic: AboutTopic | undefined; diagnostics: HelpDiagnostic[] } {
  const findings = new Findings(file);
  const text = normalisePage(markdown);
  const frontMatter = hasFrontMatter(text) ? readFrontMatter(text, findings) : { ...NO_FRONT_MATTER, body: text };
  const tokens = lexMarkdown(frontMatter.body, frontMatter.bodyLine, findings);
  const locale = frontMatterText(frontMatter, 'Locale');
  const name = (file.split(/[/\\]/).at(-1) ?? file).replace(/(?:\.help)?\.md$/i, '');
  const isDescribed = tokens.some(
    ({ token }) => token.type === 'heading' && /^short description$/i.test(headingText(token)),
  );
  if (!isDescribed) {
    findings.add(
      'synopsis-missing',
      tokens[0]?.line ?? 1,
      `The topic ${quoted(name)} has no short description`,
      'Say in one sentence what it is about, below `## Short description`',
    );
  }
  const topic: AboutTopic = {
    file,
    name,
    ...(locale === undefined ? {} : { locale }),
    metadata: otherKeys(frontMatter, locale === undefined ? [] : ['locale']),
    body: readTextBlocks(tokens, findings),
  };
  const diagnostics = findings.sorted();
  if (findings.hasErrors) return { topic: undefined, diagnostics };
  return { topic, diagnostics };
}
