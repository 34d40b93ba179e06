import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { edited } from './sample-page.ts';

/** A page of the corpus of public help; `file` is its path below the corpus, with `/`. */
export type CorpusPage = { file: string; markdown: string };

const folder = path.join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'corpus');

/** The corpus stands beside the repository, and not in it. */
export const hasCorpus = existsSync(folder);

/** The full path of a folder of the corpus. */
export function corpusFolder(name: string): string {
  return path.join(folder, name);
}

/** Every page, in the order of the folders and the names; none where there is no corpus. */
export function readCorpus(): CorpusPage[] {
  if (!hasCorpus) return [];
  return ['partnercenter', 'platyps'].flatMap(name =>
    readdirSync(path.join(folder, name))
      .filter(file => file.endsWith('.md'))
      .sort()
      .map(file => ({
        file: `${name}/${file}`,
        markdown: readFileSync(path.join(folder, name, file), 'utf8').replaceAll('\r\n', '\n'),
      })),
  );
}

/** The pages of commands with what is an error or not carried in them put right, so that each has a whole model. */
export function repairedCommandPages(): CorpusPage[] {
  return readCorpus()
    .filter(({ file }) => file !== 'partnercenter/PartnerCenter.md')
    .map(({ file, markdown }) => ({ file, markdown: REPAIRS[file]?.(markdown) ?? markdown }));
}

const OF_PROVIDERS = [
  ...['CodeSigningCert', 'DocumentEncryptionCert', 'SSLServerAuthentication', 'DnsName', 'Eku', 'ExpiringInDays'],
  ...['Attributes', 'FollowSymlink', 'Directory', 'File', 'Hidden', 'ReadOnly', 'System'],
];

/** Takes the providers' items, and the parameters that only they have, away. */
function withoutProviders(markdown: string): string {
  const names = OF_PROVIDERS.join('|');
  return markdown
    .replace(/^### .* - \w+ provider\n[\s\S]*?^(?=##)/gim, '')
    .replace(new RegExp(`^### -(?:${names})\\n[\\s\\S]*?^(?=##)`, 'gm'), '');
}

const REPAIRS: Record<string, (markdown: string) => string> = {
  'platyps/Compare-CommandHelp.md': markdown =>
    edited(markdown, ['This cmdlet has the following aliases,\n  {{Insert list of aliases}}\n', '']),
  'platyps/Get-ChildItem.md': withoutProviders,
  'platyps/Get-ChildItem.V2.md': withoutProviders,
  'platyps/Get-Date.V2.md': markdown =>
    markdown.replaceAll(
      '\n [-DisplayHint <DisplayHintType>] [<CommonParameters>]',
      '\n [-DisplayHint <DisplayHintType>] [-AsUTC] [<CommonParameters>]',
    ),
  'platyps/Invoke-Command.md': markdown => edited(markdown, ['[-StrictMode <Version>] ', '']),
};
