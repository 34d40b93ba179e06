import { hashtable } from 'ts-cmdlet';
import type { Answer } from '../request/pages.ts';

/** What an answer becomes in the pipeline. */
export type OutputType = 'PSObject' | 'Hashtable' | 'Json';

/** The objects of an answer. JSON is the text of the answer as it came, a page's as a whole. */
export function outputOf(answer: Answer, type: OutputType): readonly unknown[] {
  switch (answer.kind) {
    case 'nothing':
      return [];
    case 'bytes':
      return [answer.bytes];
    case 'text':
      return [answer.text];
    case 'value':
      return [type === 'Json' ? answer.text : asType(answer.value, type)];
    case 'page':
      return type === 'Json' ? [answer.text] : answer.items.map(item => asType(item, type));
  }
}

function asType(value: unknown, type: OutputType): unknown {
  return type === 'Hashtable' ? asHashtable(value) : value;
}

function asHashtable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asHashtable);
  if (typeof value !== 'object' || value === null || '$type' in value) return value;
  return hashtable(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asHashtable(member)])));
}
