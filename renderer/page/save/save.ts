import { nameProblem } from '../../../app/files/names.ts';
import type { Carried } from '../reader/armor.ts';

/** Long enough for any browser to have begun with the download. */
const KEEP_MS = 60_000;

/**
 * Hands something to the person as a download.
 *
 * @param content - what
 * @param name - its file name
 */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEEP_MS);
}

/**
 * The age file in the page, as a file of its own.
 *
 * @param carried - the age file
 * @throws `bundle-damaged` (`armor`)
 */
export function ageFile(carried: Carried): Blob {
  return new Blob([...carried.pieces()], { type: 'application/octet-stream' });
}

/**
 * What the page's file is called.
 *
 * @param address - of the page
 * @returns its name, `bundle.html` where it cannot be told
 */
export function pageName(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  const name = decoded(last);
  return name === undefined || nameProblem(name) !== undefined ? 'bundle.html' : name;
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/**
 * The name of something that belongs to the page.
 *
 * @param page - the page's own name
 * @param ending - with the dot
 */
export function nameBeside(page: string, ending: string): string {
  return page.replace(/\.x?html?$/i, '') + ending;
}

/**
 * A file name as a shell takes it.
 *
 * @param name - the file name
 */
export function forShell(name: string): string {
  // Before a name that begins with a hyphen, so that no tool takes it for an option.
  const path = name.startsWith('-') ? `./${name}` : name;
  return /^[\w.\-/]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
