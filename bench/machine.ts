import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where a bench ran. It has no names of hosts or users, and no paths. */
export interface MachineFacts {
  readonly processor: string;
  readonly cores: number;
  /** In GiB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly powerShell: string;
  /** The load of the last minute before the bench began; undefined on Windows, which has none. */
  readonly loadBefore: number | undefined;
}

/** Reads this machine's facts, with the version of the PowerShell that is measured. Call it before the bench makes load. */
export function machineFacts(powerShell: string): MachineFacts {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    node: process.versions.node,
    powerShell,
    loadBefore: process.platform === 'win32' ? undefined : Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
