import { once } from 'node:events';
import { startTourEntra } from './tour.ts';

/**
 * The authority as a process of its own: writes one line of JSON (`environment` for the programs that are to use it,
 * `tenantId`, `userPrincipalName`), serves until its standard input ends or it is told to stop, and leaves nothing behind.
 */
const told = Promise.race([once(process.stdin, 'end'), once(process, 'SIGTERM'), once(process, 'SIGINT')]);
process.stdin.resume();

await using tour = await startTourEntra();
const { entra, tenant, person } = tour;
const line = { environment: entra.environment, tenantId: tenant.id, userPrincipalName: person.userPrincipalName };
process.stdout.write(`${JSON.stringify(line)}\n`);

await told;
process.stdin.destroy();
