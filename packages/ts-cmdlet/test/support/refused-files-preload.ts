import { refuseFiles } from './refused-files.ts';

// Loaded ahead of a program by `refusingLinks`.

refuseFiles(process.env.REFUSED_FOLDER ?? '', ['symlink'], { times: Number.POSITIVE_INFINITY, codes: ['EPERM'] });
