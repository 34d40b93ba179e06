/** The authority's clock, which a test may set before or behind the client's. */
export class Clock {
  /** How far the authority is ahead of the machine's clock. */
  skewSeconds = 0;

  date(): Date {
    return new Date(Date.now() + this.skewSeconds * 1000);
  }

  /** Seconds since 1970, as JWT's NumericDate (RFC 7519, 2). */
  seconds(): number {
    return Math.floor(this.date().getTime() / 1000);
  }
}
