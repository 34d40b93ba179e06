import type { Cmdlets } from '../../../src/runtime/cmdlet-registry.ts';
import { serveCore } from '../../../src/runtime/serve-core.ts';
import { copyProbeValue } from './copy-probe-value.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import { getProbePage } from './get-probe-page.ts';
import { measureProbe } from './measure-probe.ts';
import { newProbeFile } from './new-probe-file.ts';
import { removeProbeMarker } from './remove-probe-marker.ts';
import { setProbeMarker } from './set-probe-marker.ts';
import { showProbeParameter } from './show-probe-parameter.ts';
import { testProbe } from './test-probe.ts';

const cmdlets: Cmdlets<CmdletParameters> = {
  'Copy-ProbeValue': copyProbeValue,
  'Get-ProbePage': getProbePage,
  'Measure-Probe': measureProbe,
  'New-ProbeFile': newProbeFile,
  'Remove-ProbeMarker': removeProbeMarker,
  'Set-ProbeMarker': setProbeMarker,
  'Show-ProbeParameter': showProbeParameter,
  'Test-Probe': testProbe,
};

serveCore(cmdlets, parameterValidators);
