import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

// Campaigns over a real Redis server. It fails, and does not skip, where the server is missing.
export default defineConfig({
  test: {
    include: ['test/queue/*.queue.ts'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['verbose', new CountsReporter()],
    fileParallelism: false,
    deps: { interopDefault: false },
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
