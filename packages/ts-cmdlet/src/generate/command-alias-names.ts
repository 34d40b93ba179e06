import { commandAliases } from '../help/command-aliases.ts';
import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';

/** An alias that a command cannot have, and why. */
export interface TakenAlias {
  readonly help: CommandHelp;
  readonly alias: string;
  readonly why: Pick<GenerateDiagnostic, 'code' | 'message' | 'expected'>;
}

/**
 * Looks for aliases of commands that no module can have. A module has each name once: of two aliases, or of a command and
 * an alias, PowerShell takes one in silence.
 */
export function takenCommandAliases(helps: readonly CommandHelp[]): TakenAlias[] {
  const owners = new Map(helps.map(({ name }) => [name.toLowerCase(), name]));
  return helps.flatMap(help =>
    commandAliases(help.aliases).names.flatMap((alias): TakenAlias[] => {
      const { name } = help;
      const owner = owners.get(alias.toLowerCase());
      if (owner !== undefined) {
        const message = `${name} has the alias '${alias}', which is a name of ${owner} already.`;
        return [
          { help, alias, why: { code: 'name-repeated', message, expected: 'Expected each name and alias once.' } },
        ];
      }
      owners.set(alias.toLowerCase(), name);
      if (!FIXED_ALIASES.has(alias.toLowerCase())) return [];
      const message = `${name} can't have the alias '${alias}': PowerShell has it itself, and lets no module change it.`;
      return [{ help, alias, why: { code: 'alias-unusable', message, expected: 'Expected another alias.' } }];
    }),
  );
}

/** The findings on aliases that no module can have. */
export function checkCommandAliases(helps: readonly CommandHelp[]): GenerateDiagnostic[] {
  return takenCommandAliases(helps).map(({ help: { file }, why: { code, message, expected } }) =>
    problem({ file, line: 1 }, code, message, expected),
  );
}

/**
 * The aliases of every session, on Windows or elsewhere, that are ReadOnly or AllScope: with one of them a module cannot
 * be imported (InitialSessionState in PowerShell's source).
 */
const FIXED_ALIASES = new Set(
  `ac cd clc clhy cli clp clv cnsn compare copy cp cpi cpp cvpa dbp del diff dir dnsn ebp echo epal epcsv fc fl
  foreach ft fw gal gbp gc gci gcm gcs gdr gerr ghy gi gl gm gmo gp gps gpv group gsv gu gv gwmi iex ihy ii ipal
  ipcsv ipmo irm ise iwmi iwr md measure mi move mp nal ndr ni nmo npssc nv ogv oh popd pushd rbp rcsn rdr ri rmo
  rni rnp rp rv rvpa rwmi sal saps sasv sbp sc select shcm si sl sleep sort sp spps spsv start sv swmi tee trcm
  where write`.split(/\s+/),
);
