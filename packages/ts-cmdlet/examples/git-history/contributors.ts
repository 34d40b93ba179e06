/** One author's share of histories. `first` and `last` are dates as git writes them. */
export interface Contributor {
  readonly name: string;
  readonly email: string;
  readonly commits: number;
  readonly first: string;
  readonly last: string;
}

/** Counts commits by their authors, who are known by their mail addresses. */
export class Contributors {
  readonly #byEmail = new Map<string, Contributor>();

  /** Adds one commit; `date` is git's, such as 2024-05-01T12:30:00+02:00. */
  add(name: string, email: string, date: string): void {
    const known = this.#byEmail.get(email) ?? { name, email, commits: 0, first: date, last: date };
    const first = Date.parse(date) < Date.parse(known.first) ? date : known.first;
    const last = Date.parse(date) > Date.parse(known.last) ? date : known.last;
    this.#byEmail.set(email, { ...known, commits: known.commits + 1, first, last });
  }

  /** All of them, those with most commits first. */
  byCommits(): Contributor[] {
    return [...this.#byEmail.values()].sort((left, right) => right.commits - left.commits);
  }
}
