import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** A package and its licence. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/**
 * A vite plugin that writes down which packages became part of the program, with their licences: as data for the screen
 * (`licences.json`), and with their whole texts, as most of them ask for (`LICENCES.txt`).
 *
 * @param outside - packages that are delivered beside the bundle
 */
export function licences(outside: readonly string[]): Plugin {
  const found = new Map<string, Licensed>();
  for (const name of outside) add(found, join(PROJECT, 'node_modules', name));
  return {
    name: 'signet:licences',
    sharedDuringBuild: true,
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        const files = chunk.type === 'chunk' ? Object.keys(chunk.modules) : chunk.originalFileNames;
        for (const file of files) {
          // Vite names assets relative to the screen's folder, and marks with a NUL what a plugin made of a module.
          const path = PACKAGE.exec(resolve(PROJECT, 'renderer', file.replace('\0', '')))?.[1];
          if (path !== undefined) add(found, path);
        }
      }
    },
    // Each of the builds goes on with what the ones before it found.
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const all = inOrder(found);
      const data = all.map(({ name, version, licence }) => ({ name, version, licence }));
      const texts = all.map(
        ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`,
      );
      // Beside the folders of the builds.
      const folder = dirname(dir);
      await writeFile(join(folder, 'licences.json'), JSON.stringify(data));
      await writeFile(join(folder, 'LICENCES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
    },
  };
}

/**
 * The packages that files belong to, with their licences, in the order of their names.
 *
 * @param files - absolute paths; what belongs to no package is passed over
 */
export function licensedIn(files: Iterable<string>): Licensed[] {
  const found = new Map<string, Licensed>();
  for (const file of files) {
    const path = PACKAGE.exec(file.replace('\0', ''))?.[1];
    if (path !== undefined) add(found, path);
  }
  return inOrder(found);
}

function inOrder(found: ReadonlyMap<string, Licensed>): Licensed[] {
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function add(found: Map<string, Licensed>, path: string): void {
  if (found.has(path)) return;
  const { name, version, license } = manifest(path);
  if (name === undefined || version === undefined) return;
  const file = readdirSync(path).find((entry) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(path, file), 'utf8').trim();
  found.set(path, { name, version, licence: license ?? 'see its text', text });
}

/** Some packages keep a nameless package.json in a folder below. */
function manifest(path: string): { name?: string; version?: string; license?: string } {
  try {
    return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as ReturnType<
      typeof manifest
    >;
  } catch {
    return path === dirname(path) ? {} : manifest(dirname(path));
  }
}
