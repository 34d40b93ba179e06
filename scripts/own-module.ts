import path from 'node:path';

/** The folder of this repository. */
export const repository = path.join(import.meta.dirname, '..');

/** The folder of SecMgmt's Markdown help. */
export const helpFolder = path.join(repository, 'help');

/** The folder that `npm run build` makes SecMgmt in, to be on the module path. */
export const modulesFolder = path.join(repository, 'module');

/** The manifest of SecMgmt as `npm run build` leaves it. */
export const manifest = path.join(modulesFolder, 'SecMgmt', 'SecMgmt.psd1');
