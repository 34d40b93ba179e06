import { setTimeout as delay } from 'node:timers/promises';
import { commandLineClientId } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { Type } from 'typebox';
import { makeModuleFolder } from '../modules.ts';
import type { Measured, RowDefinition } from '../row.ts';
import { runMeasurement } from '../run-measurement.ts';

const Series = Type.Object({
  subject: Type.Array(Type.Number()),
  yardstick: Type.Array(Type.Number()),
  same: Type.Boolean(),
});

const COUNT = 10_000;
const PAGE = 100;
const LATENCY_MS = 50;

/** What requests cost an administrator, beside a loop of PowerShell's own cmdlet. */
export const requestRows: readonly RowDefinition[] = [
  {
    what: `${COUNT.toLocaleString('en')} objects over pages of ${PAGE}`,
    yardstick: 'Invoke-RestMethod in the same loop',
    unit: 'ms',
    comparison: 'ratio',
    limit: 1.3,
    measure: () => measure('pages', () => Promise.resolve()),
  },
  {
    what: `100 requests with -Batch, ${LATENCY_MS} ms each`,
    yardstick: 'the same requests without -Batch',
    unit: 'ms',
    comparison: 'ratio',
    limit: 0.2,
    measure: () => measure('batch', () => delay(LATENCY_MS)),
  },
];

async function measure(what: 'pages' | 'batch', latency: () => Promise<unknown>): Promise<Measured> {
  await using modules = await makeModuleFolder();
  await using entra = await startEntra();
  const items = Array.from({ length: COUNT }, (_, index) => ({
    id: String(index),
    displayName: `The name of object ${index}`,
    userPrincipalName: `object${index}@contoso.onmicrosoft.com`,
    accountEnabled: index % 2 === 0,
    businessPhones: ['+1 555 0100'],
  }));
  entra.graph.collections.set('/v1.0/things', { items, pageSize: PAGE });
  entra.graph.delay = latency;
  const parameters = { What: what, Runs: 15, WarmUp: 2 };
  const { same, ...series } = await runMeasurement(
    Series,
    'requests.ps1',
    parameters,
    modules.folder,
    await account(entra),
  );
  return { ...series, checks: [{ what: 'both give the same objects', holds: same }], notes: [] };
}

/** The account, as variables of the environment; the token is that of the services on loopback. */
async function account(entra: Entra): Promise<Record<string, string>> {
  const { directory } = entra;
  const tenantId = directory.tenantOf('AzureCloud').id;
  const user = directory.addUser({ tenantId, userPrincipalName: 'bench@contoso.example' });
  return {
    ...entra.environment,
    BENCH_CLIENT: commandLineClientId,
    BENCH_REFRESH_TOKEN: await entra.issueRefreshToken(user, commandLineClientId),
  };
}
