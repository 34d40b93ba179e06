import fc from 'fast-check';

// A property takes other values at each run, and says the seed that failed. On a machine that decides whether a change
// is good it takes the same ones, so that the verdict is about the change; PROPERTY_SEED chooses them.

const CI_SEED = 20_261_124;

const chosen = process.env.PROPERTY_SEED;
if (chosen !== undefined && !/^-?\d+$/.test(chosen))
  throw new Error(`PROPERTY_SEED is '${chosen}': give a whole number`);
if (chosen !== undefined) fc.configureGlobal({ seed: Number(chosen) });
else if (process.env.CI) fc.configureGlobal({ seed: CI_SEED });
