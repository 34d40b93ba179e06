import { type Completer, type Completion, WildcardPattern } from 'ts-cmdlet';
import { listPages, readJson, send } from './service.ts';
import { serviceLabels } from './service-validators.ts';

/** Completes the name of an item by those that the shelf has. */
export const completeName: Completer = async (word, _bound, call) => {
  const pattern = new WildcardPattern(`${word}*`);
  const found: Completion[] = [];
  for await (const { items } of listPages(call)) {
    for (const { name, size, labels } of items)
      if (pattern.isMatch(name)) found.push({ text: name, tooltip: `${size} bytes ${labels.join(', ')}`.trim() });
  }
  return found;
};

/** Completes a label by those that the service knows. */
export const completeLabel: Completer = async (word, _bound, call) => {
  const pattern = new WildcardPattern(`${word}*`);
  const labels = await readJson(await send(call, { path: 'labels' }), serviceLabels);
  return labels.filter(label => pattern.isMatch(label));
};
