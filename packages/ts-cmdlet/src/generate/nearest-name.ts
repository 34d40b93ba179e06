/** The name that somebody may have meant: the nearest of those that differ in two letters at most, whatever their case. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const distances = [...names].map(name => ({
    name,
    distance: editDistance(written.toLowerCase(), name.toLowerCase()),
  }));
  const [nearest] = distances.sort((left, right) => left.distance - right.distance);
  return nearest !== undefined && nearest.distance <= 2 ? nearest.name : undefined;
}

/** How a finding says which names are known: the nearest where one is near, otherwise all. */
export function expectedName(written: string, known: readonly string[]): string {
  const nearest = nearestName(written, known);
  return nearest === undefined ? `Expected one of ${known.join(', ') || '(none)'}.` : `Did you mean '${nearest}'?`;
}

/** How many letters must be added, left out or replaced to make one text of the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      const [replaced = 0, added = 0, left = 0] = [row[at], row[at + 1], next[at]];
      next.push(Math.min(replaced + (letter === other ? 0 : 1), added + 1, left + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
