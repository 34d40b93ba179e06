import assert from 'node:assert/strict';
import test from 'node:test';
import { runCmdlet } from 'ts-cmdlet/testing';
import { addTag } from './add-tag.ts';

test('Add-GitTag asks about the commit by its name, HEAD where none is given', async () => {
  const record = { parameterSetName: '__AllParameterSets', Name: 'v1.0.0' } as const;
  const { plans, output } = await runCmdlet(addTag, [record], { whatIf: true });
  assert.deepEqual(plans[0]?.confirm, { target: 'commit HEAD', action: 'Add the tag v1.0.0' });
  assert.deepEqual(output, []);
});
