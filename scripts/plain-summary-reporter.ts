import type { Reporter, TestModule } from 'vitest/node';

/** A vitest reporter whose last line is plain: `N passed, N failed, N skipped`. A file that does not load is a failure. */
export default class PlainSummaryReporter implements Reporter {
  onTestRunEnd(testModules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const testModule of testModules) {
      const tests = [...testModule.children.allTests()];
      for (const test of tests) count[test.result().state] += 1;
      if (testModule.errors().length > 0) count.failed += 1;
    }
    process.on('exit', () => {
      const skipped = count.skipped + count.pending;
      process.stdout.write(
        `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
      );
    });
  }
}
