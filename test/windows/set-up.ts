import { installWindows } from '../../scripts/windows/install-windows.ts';
import { isWineInstalled } from '../../scripts/windows/wine.ts';

/** Installs what the tests run, once for all of them. Without Wine they are skipped, but not where they must run. */
export default async function setUp(): Promise<void> {
  if (isWineInstalled()) await installWindows();
  else if (process.env.CI) throw new Error('Wine is not installed: on Debian, apt-get install wine wine64.');
}
