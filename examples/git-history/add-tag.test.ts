import assert from 'node:assert/strict';
import test from 'node:test';
import { addTag } from './add-tag.ts';

test('Add-GitTag asks about the commit by its name, HEAD where none is given', () => {
  const pipeline = addTag.begin(new AbortController().signal);
  const { plan } = pipeline.prepare({ parameterSetName: '__AllParameterSets', Name: 'v1.0.0' });
  assert.deepEqual(plan.confirm, { target: 'commit HEAD', action: 'Add the tag v1.0.0' });
});
