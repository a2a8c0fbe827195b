import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { PROJECT } from './cli.ts';
import { writeDocuments } from './documents.ts';

/**
 * Builds the programs as they are shipped, beside a page that stands for the screen.
 *
 * @param folder - an empty one, which becomes a project of its own
 * @returns the command line's program
 */
export async function buildInto(folder: string): Promise<string> {
  const builder = await createBuilder({
    configFile: join(PROJECT, 'vite.config.ts'),
    logLevel: 'error',
    environments: { main: { build: { outDir: join(folder, 'dist', 'main') } } },
  });
  await builder.build(builder.environments['main']!);
  writeDocuments(folder, { 'dist/renderer/index.html': '<!doctype html><title>Signet</title>' });
  copyFileSync(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  // What is not bundled.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['sodium-native', '@napi-rs'])
    symlinkSync(join(PROJECT, 'node_modules', name), join(folder, 'node_modules', name));
  return join(folder, 'dist', 'main', 'signet.js');
}
