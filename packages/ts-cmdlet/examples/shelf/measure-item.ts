import { definePipelineCmdlet, type Plan } from 'ts-cmdlet';
import type { MeasureShelfItemParameters } from './generated/index.ts';
import { Measure } from './outputs.ts';

interface MeasureItemPlan extends Plan {
  readonly labels: readonly string[];
  readonly size: number;
}

/** Measure-ShelfItem: counts over the whole pipeline, and so writes at its end. */
export const measureItem = definePipelineCmdlet<MeasureShelfItemParameters, MeasureItemPlan>(() => {
  const byLabel = new Map<string, { readonly items: number; readonly size: number }>();
  return {
    plan({ InputObject }) {
      const { Labels, Size } = InputObject.properties;
      return { labels: Labels, size: Size };
    },
    async run({ labels, size }) {
      for (const label of labels) {
        const before = byLabel.get(label) ?? { items: 0, size: 0 };
        byLabel.set(label, { items: before.items + 1, size: before.size + size });
      }
    },
    async end(invocation) {
      const largestFirst = [...byLabel].sort(([, left], [, right]) => right.size - left.size);
      for (const [label, { items, size }] of largestFirst)
        await invocation.writeObject(Measure({ Label: label, Items: items, Size: size }));
    },
  };
});
