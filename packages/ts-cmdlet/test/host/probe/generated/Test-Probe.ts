// Generated from help/*.md. Do not edit: change the help and run npm run build.

export type TestProbeAction =
  | 'Streams'
  | 'Errors'
  | 'Throw'
  | 'Fault'
  | 'Refuse'
  | 'Objects'
  | 'DatedObjects'
  | 'Wait'
  | 'Quiet'
  | 'Block'
  | 'BlockPlan'
  | 'Print'
  | 'PrintBeside'
  | 'PrintMuch'
  | 'Continue'
  | 'Exit'
  | 'Crash'
  | 'Load'
  | 'CallHost'
  | 'HostValue'
  | 'Variable'
  | 'Trust'
  | 'OddRecords'
  | 'Leave'
  | 'LeaveAndBlock'
  | 'BlockRead'
  | 'Process'
  | 'Culture'
  | 'EndCore';

/** The parameters of Test-Probe: one variant for each parameter set. */
export type TestProbeParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** What it does. */
  readonly Action: TestProbeAction;
  /** How many objects or errors it writes, how many milliseconds it is quiet, or the exit code. */
  readonly Count?: number;
  /** A file in which it notes how it ended, or its process. */
  readonly Path?: string;
  /** A text to write. */
  readonly Text?: string;
};

/** What ajv checks when parameters of Test-Probe arrive from PowerShell. */
export const TestProbeSchema = {
  $id: 'Test-Probe',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Action: {
      type: 'string',
      enum: [
        'Streams',
        'Errors',
        'Throw',
        'Fault',
        'Refuse',
        'Objects',
        'DatedObjects',
        'Wait',
        'Quiet',
        'Block',
        'BlockPlan',
        'Print',
        'PrintBeside',
        'PrintMuch',
        'Continue',
        'Exit',
        'Crash',
        'Load',
        'CallHost',
        'HostValue',
        'Variable',
        'Trust',
        'OddRecords',
        'Leave',
        'LeaveAndBlock',
        'BlockRead',
        'Process',
        'Culture',
        'EndCore',
      ],
    },
    Count: { type: 'integer' },
    Path: { type: 'string' },
    Text: { type: 'string' },
  },
  required: ['parameterSetName', 'Action'],
  additionalProperties: false,
} as const;
