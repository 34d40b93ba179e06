import { createHash } from 'node:crypto';
import { defineCmdlet, type Plan } from '../../../src/runtime/cmdlet.ts';
import type { ShowProbeParameterParameters } from './generated/index.ts';

interface ShowPlan extends Plan {
  readonly arrived: ShowProbeParameterParameters;
}

/**
 * Show-ProbeParameter: gives back what arrived, as JSON, so that the way back adds nothing of its own. Of a text with Size
 * large it gives the SHA-256 alone.
 */
export const showProbeParameter = defineCmdlet<ShowProbeParameterParameters, ShowPlan>({
  plan: arrived => ({ arrived }),
  run: ({ arrived: { Text, ...others } }, invocation) => {
    const isDigest = Text !== undefined && others.Size === 'large';
    const digest = isDigest && createHash('sha256').update(Buffer.from(Text, 'utf16le')).digest('hex').toUpperCase();
    return invocation.writeObject(digest || JSON.stringify({ Text, ...others }));
  },
});
