import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Hash workers, scrypt and child processes are the load here; more files at once would only make them wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/report-skips.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/app/**/*.test.ts', 'test/main/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'] } },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.test.ts'] } },
      // Builds and packages the app: what comes out is looked into, and used.
      { extends: true, test: { name: 'packaging', include: ['test/packaging/**/*.test.ts'] } },
      // Against peers that only some machines have: the age tool, a real S3 server, root for a small disk.
      { extends: true, test: { name: 'interop', include: ['test/interop/**/*.test.ts'] } },
    ],
  },
});
