/* The process that stands in for Electron's main process: runs the built main with `electron` resolved to the stand-in. */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const STANDIN = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STANDIN, shortCircuit: true } : next(specifier, context),
});

const [main, ...files] = process.argv.slice(2);
if (main === undefined) throw new Error('which program?');
// As Electron has it when it is given the folder of an app.
process.argv = [process.execPath, main, ...files];
await import(pathToFileURL(main).href);
