import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

/** The command line as plain JavaScript, its packages bundled in chunks that load when they are needed. */
export default defineConfig({
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['sodium-native'] },
  build: {
    ssr: true,
    outDir: 'dist/cli',
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: { signet: 'main/cli/signet.ts', 'digest-worker': 'app/digest/digest-worker.ts' },
      external: [...builtinModules, /^node:/],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
