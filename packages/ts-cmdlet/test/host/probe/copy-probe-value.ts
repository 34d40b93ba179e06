import { defineCmdlet, type Invocation, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { CopyProbeValueParameters } from './generated/index.ts';

interface CopyPlan extends Plan {
  readonly parameters: CopyProbeValueParameters;
}

/**
 * Copy-ProbeValue: gives back the value that it was given, or as JSON all that arrived. A Text is a JSON text, a list of
 * such with `many:` before it, or, with `js:`, one of the values below.
 */
export const copyProbeValue = defineCmdlet<CopyProbeValueParameters, CopyPlan>({
  plan: parameters => ({ parameters }),
  async run({ parameters }, invocation) {
    const { AsJson = false, Text, Value } = parameters;
    if (AsJson) return invocation.writeObject(JSON.stringify(parameters));
    if (Text === undefined) return invocation.writeObject(Value);
    if (Text.startsWith('many:')) return writeAll(JSON.parse(Text.slice(5)), invocation);
    await invocation.writeObject(Text.startsWith('js:') ? values[Text.slice(3)]?.() : JSON.parse(Text));
  },
});

/** Writes without waiting, so that the values go together. */
async function writeAll(items: unknown, { writeObject }: Invocation): Promise<void> {
  if (Array.isArray(items)) await Promise.all(items.map(item => writeObject(item)));
}

const values: Record<string, () => unknown> = {
  date: () => new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 250)),
  bigint: () => 2n ** 70n,
  bytes: () => new Uint8Array([0, 127, 255]),
  url: () => new URL('https://example.com/a?b=c'),
  undefined: () => ({ Gone: undefined, Kept: null }),
  function: () => ({ List: [1, { Act: () => 1 }] }),
  'not finite': () => [Number.NaN, Number.POSITIVE_INFINITY, { Least: Number.NEGATIVE_INFINITY }],
  cycle() {
    const inner: Record<string, unknown> = {};
    const outer = { Inner: [inner] };
    inner.Outer = outer;
    return outer;
  },
  deep: () => nested(65),
  'just deep enough': () => nested(64),
};

function nested(levels: number): unknown {
  return levels === 0 ? 'the bottom' : { In: nested(levels - 1) };
}
