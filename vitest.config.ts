import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', new CountsReporter()],
    deps: { interopDefault: false }, // import() behaves as it does in Node
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
