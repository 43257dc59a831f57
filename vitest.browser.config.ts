import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

// Pages in a real browser. It fails, and does not skip, where the browser is missing.
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    reporters: ['verbose', new CountsReporter()],
    fileParallelism: false,
    deps: { interopDefault: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
