// A second, naive reader of PlatyPS Markdown (schema 2.0.0), for tests alone: what it finds is what the live module is
// compared with, so it shares no code with src/help.

/** A parameter as one parameter set of SYNTAX shows it; `type` is empty for a switch. */
export interface ShownParameter {
  name: string;
  type: string;
  required: boolean;
}

/** One parameter set of SYNTAX. */
export interface ShownSet {
  name: string;
  isDefault: boolean;
  parameters: ShownParameter[];
}

/** A parameter of PARAMETERS; `blocks` are its yaml blocks, each a map of the lines' keys and values. */
export interface PageParameter {
  name: string;
  description: string;
  type: string;
  aliases: string[];
  acceptedValues: string[];
  blocks: { sets: string[]; required: boolean; position: string }[];
}

/** What a test wants to know of a help page. */
export interface HelpPage {
  name: string;
  frontMatter: Record<string, string>;
  synopsis: string;
  description: string;
  sets: ShownSet[];
  parameters: PageParameter[];
  examples: { title: string; code: string; remarks: string }[];
  outputs: string[];
}

/** Reads a page line by line and with regular expressions. */
export function readHelpPage(markdown: string): HelpPage {
  const frontMatter = Object.fromEntries(
    (/^---\n([\s\S]*?)\n---\n/.exec(markdown)?.[1] ?? '').split('\n').map(line => keyAndValue(line)),
  );
  const sections = splitAt(markdown, '## ');
  const section = (title: string) => sections.find(([heading]) => heading === title)?.[1] ?? '';
  return {
    name: /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? '',
    frontMatter,
    synopsis: plain(section('SYNOPSIS')),
    description: plain(section('DESCRIPTION')),
    sets: readSets(section('SYNTAX')),
    parameters: splitAt(section('PARAMETERS'), '### -').map(([name, body]) => readParameter(name, body)),
    examples: splitAt(section('EXAMPLES'), '### ').map(([title, body]) => {
      const [, code = '', remarks = ''] = /```\w*\n([\s\S]*?)\n```([\s\S]*)/.exec(body) ?? [];
      return { title, code, remarks: plain(remarks) };
    }),
    outputs: splitAt(section('OUTPUTS'), '### ').map(([heading]) => heading),
  };
}

/** The sets that a parameter belongs to, with what the help says of it in each. */
export function setsOf(page: HelpPage, parameter: PageParameter): Map<string, { required: boolean; position: string }> {
  const all = page.sets.map(({ name }) => name);
  return new Map(
    all.flatMap(set => {
      const block = parameter.blocks.find(({ sets }) => sets.includes(set) || sets.includes('(All)'));
      return block ? [[set, { required: block.required, position: block.position }] as const] : [];
    }),
  );
}

// PlatyPS leaves out the heading of a set that is the only one.
function readSets(syntax: string): ShownSet[] {
  const sets = splitAt(syntax, '### ').map(([heading, body]) => readSet(heading, body));
  return sets.length > 0 ? sets : [{ ...readSet('', syntax), isDefault: true }];
}

function readSet(heading: string, body: string): ShownSet {
  const [, name = '', mark] = /^(.*?)( \(Default\))?$/.exec(heading) ?? [];
  const text = (/```\w*\n([\s\S]*?)\n```/.exec(body)?.[1] ?? '').replace(/\s+/g, ' ').replace(/^\S+ ?/, '');
  return { name, isDefault: mark !== undefined, parameters: readSyntax(text) };
}

/** Reads a line of syntax, whoever printed it: `[-A <T>] -B [[-C] <T>] [<CommonParameters>]`. */
export function readSyntax(text: string): ShownParameter[] {
  const found: ShownParameter[] = [];
  for (const match of text.matchAll(/(\[?)\[?-(\w+)\]?(?: <([^>]+)>| \{[^}]*\})?\]?/g)) {
    const [whole, , name = '', type = ''] = match;
    // Optional is what is bracketed as a whole: `[-A <T>]`, `[[-A] <T>]`, but not `[-A] <T>`.
    const depth = whole.split('[').length - whole.split('[]').length;
    const outer = whole.startsWith('[[') || (depth === 1 && whole.endsWith(']') && !/^\[-\w+\] </.test(whole));
    found.push({ name, type, required: !outer });
  }
  return found;
}

function readParameter(name: string, body: string): PageParameter {
  const yaml = [...body.matchAll(/```yaml\n([\s\S]*?)\n```/g)].map(([, lines = '']) =>
    Object.fromEntries(lines.split('\n').map(line => keyAndValue(line))),
  );
  const [first = {}] = yaml;
  const list = (text: string | undefined) => (text ?? '').split(',').flatMap(item => item.trim() || []);
  return {
    name,
    description: plain(body.split('```')[0] ?? ''),
    type: first.Type ?? '',
    aliases: list(first.Aliases),
    acceptedValues: list(first['Accepted values']),
    blocks: yaml.map(block => ({
      sets: list(block['Parameter Sets']),
      required: block.Required === 'True',
      position: block.Position ?? '',
    })),
  };
}

function keyAndValue(line: string): [string, string] {
  const [, key = '', value = ''] = /^([^:]*):\s*(.*?)\s*$/.exec(line) ?? [];
  return [key, value];
}

/** A paragraph as a reader sees it: on one line, links as `label (address)`. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Splits text into headings of one level and what follows each, code fences left whole. */
function splitAt(markdown: string, marker: string): [heading: string, body: string][] {
  const parts: [string, string][] = [];
  let inFence = false;
  for (const line of markdown.split('\n')) {
    inFence = line.startsWith('```') ? !inFence : inFence;
    const last = parts.at(-1);
    if (!inFence && line.startsWith(marker)) {
      parts.push([line.slice(marker.length).trim(), '']);
    } else if (last) {
      last[1] += `${line}\n`;
    }
  }
  return parts;
}
