import type { Cmdlets } from '../../../src/runtime/cmdlet-registry.ts';
import { serveCore } from '../../../src/runtime/serve-core.ts';
import type { MeasureProbeParameters, TestProbeParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import { measureProbe } from './measure-probe.ts';
import { testProbe } from './test-probe.ts';

interface TwinParameters {
  'Measure-Twin': MeasureProbeParameters;
  'Test-Twin': TestProbeParameters;
}

const cmdlets: Cmdlets<TwinParameters> = { 'Measure-Twin': measureProbe, 'Test-Twin': testProbe };

serveCore(cmdlets, {
  'Measure-Twin': parameterValidators['Measure-Probe'],
  'Test-Twin': parameterValidators['Test-Probe'],
});
