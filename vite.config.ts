import { readFile } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './tools/licences.ts';
import { buildPage } from './tools/page.ts';

/** Natives cannot be bundled, and `electron` is there only inside Electron. */
const OUTSIDE = ['sodium-native', '@napi-rs/keyring', 'electron'];

/** What the program reads beside its JavaScript: 7-Zip's machine code, and the reader inside self-opening pages. */
function besides(): Plugin {
  return {
    name: 'signet:besides',
    applyToEnvironment: ({ name }) => name === 'main',
    async generateBundle() {
      const machine = createRequire(import.meta.url).resolve('7z-wasm/7zz.wasm');
      const source = await readFile(machine);
      this.emitFile({ type: 'asset', fileName: '7zz.wasm', source });
      this.emitFile({ type: 'asset', fileName: 'page-template.html', source: await buildPage() });
    },
  };
}

/** Everything in one run: the screen, the hosts with their packages in chunks that load when they are needed, the preload. */
export default defineConfig({
  logLevel: 'warn',
  root: 'renderer',
  base: './',
  plugins: [react(), besides(), licences(['sodium-native', '@napi-rs/keyring', 'electron'])],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: '../dist/renderer',
        emptyOutDir: true,
        target: 'chrome140',
        // Everything comes from a file of its own: the page's policy knows no `data:`.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: OUTSIDE },
      build: {
        ssr: true,
        copyPublicDir: false,
        outDir: '../dist/main',
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: {
            signet: 'main/cli/signet.ts',
            main: 'main/electron/main.ts',
            'core-worker': 'main/node/core-worker.ts',
            'keychain-child': 'main/node/keychain-child.ts',
            'digest-worker': 'app/digest/digest-worker.ts',
            'proof-worker': 'app/formats/proof-worker.ts',
            'seven-zip-worker': 'app/archive/seven-zip/seven-zip-worker.ts',
          },
          external: [...builtinModules, /^node:/, ...OUTSIDE],
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: OUTSIDE },
      build: {
        ssr: true,
        copyPublicDir: false,
        outDir: '../dist/preload',
        emptyOutDir: true,
        target: 'chrome140',
        minify: false,
        rolldownOptions: {
          input: { preload: 'main/electron/preload.ts' },
          external: OUTSIDE,
          // A sandboxed preload is one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
