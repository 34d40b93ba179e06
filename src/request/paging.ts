/** Which objects of all that a call would write are wanted (about_Functions_CmdletBindingAttribute, SupportsPaging). */
export class Paging {
  #toSkip: number;
  #left: number;

  constructor({ first = Number.POSITIVE_INFINITY, skip = 0 }: { readonly first?: number; readonly skip?: number }) {
    this.#left = first;
    this.#toSkip = skip;
  }

  /** Whether no more objects are wanted. */
  get isDone(): boolean {
    return this.#left <= 0;
  }

  /** Takes what is wanted of further objects. */
  take<T>(items: readonly T[]): readonly T[] {
    const from = Math.min(this.#toSkip, items.length);
    this.#toSkip -= from;
    const taken = items.slice(from, from + Math.min(this.#left, items.length));
    this.#left -= taken.length;
    return taken;
  }
}
