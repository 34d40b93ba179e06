import { type Summary, summarise } from './statistics.ts';

/** The runs of a subject and of its yardstick, taken by turns in one run of the bench. */
export interface Pair {
  readonly subject: readonly number[];
  readonly yardstick: readonly number[];
}

/** How a subject is held against its yardstick: by `subject - yardstick` or by `subject / yardstick`, of the medians. */
export type Comparison = 'difference' | 'ratio';

/** Something besides the figure that has to be so. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
}

/** A row of the bench before it is measured. */
export interface RowDefinition {
  readonly what: string;
  readonly yardstick: string;
  readonly unit: 'ms' | 'MB';
  readonly comparison: Comparison;
  /** The greatest value that is good, in `unit` for a difference. */
  readonly limit: number;
  measure(): Promise<Measured | Skipped>;
}

/** What a row's measuring gives. */
export interface Measured extends Pair {
  readonly checks: readonly Check[];
  /** Facts that say what was measured, for the reader of the results. */
  readonly notes: readonly string[];
}

/** Why a row cannot be measured here. */
export interface Skipped {
  readonly skipped: string;
}

/** A row of the results. */
export type Row = Omit<RowDefinition, 'measure'> & (Outcome | Skipped);

/** What came of a row that was measured. */
export interface Outcome {
  readonly subject: Summary;
  readonly yardstickSummary: Summary;
  readonly value: number;
  /** Whether the value is within the limit and all checks hold. */
  readonly reached: boolean;
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
}

/** The fewest runs of each series (issue "Fast, and unharmed by faults and hostile input"). */
const FEWEST_RUNS = 15;

/** Measures a row and judges it. */
export async function measureRow({ measure, ...definition }: RowDefinition): Promise<Row> {
  const measured = await measure();
  if ('skipped' in measured) return { ...definition, ...measured };
  const { checks, notes } = measured;
  const subject = summarise(measured.subject);
  const yardstickSummary = summarise(measured.yardstick);
  if (Math.min(subject.runs, yardstickSummary.runs) < FEWEST_RUNS) {
    throw new RangeError(`${definition.what}: there are fewer than ${FEWEST_RUNS} runs.`);
  }
  const value =
    definition.comparison === 'difference'
      ? subject.median - yardstickSummary.median
      : subject.median / yardstickSummary.median;
  const reached = value <= definition.limit && checks.every(({ holds }) => holds);
  return { ...definition, subject, yardstickSummary, value, reached, checks, notes };
}
