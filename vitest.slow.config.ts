import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

// The long runs: one file at a time, so that their memory does not add up.
export default defineConfig({
  test: {
    include: ['test/slow/*.slow.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['verbose', new CountsReporter()],
    fileParallelism: false,
    deps: { interopDefault: false },
    testTimeout: 30 * 60_000,
    hookTimeout: 10 * 60_000,
  },
});
