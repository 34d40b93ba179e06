import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { newSample, type SampleProject } from './command.ts';

// A module as `new` makes it, and a copy of its own for each test of the file that imports this.

export let original: SampleProject;
export let sample: SampleProject;

beforeAll(async () => {
  original = await newSample();
});

beforeEach(async () => {
  sample = await original.copy();
});

afterEach(() => sample[Symbol.asyncDispose]());
afterAll(() => original?.[Symbol.asyncDispose]());
