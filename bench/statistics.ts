/** What a series of runs comes to; all in the unit of the runs. */
export interface Summary {
  readonly runs: number;
  readonly median: number;
  /** The first and the third quartile. */
  readonly quartiles: readonly [number, number];
  readonly minimum: number;
}

/** Sums up a series of runs, which must not be empty. */
export function summarise(runs: readonly number[]): Summary {
  const sorted = runs.toSorted((left, right) => left - right);
  return {
    runs: sorted.length,
    median: quantile(sorted, 0.5),
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
    minimum: quantile(sorted, 0),
  };
}

/** A quantile of sorted numbers; what lies between two of them is interpolated (type 7 of Hyndman and Fan). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('There are no runs to sum up.');
  return below + (above - below) * (place - Math.floor(place));
}
