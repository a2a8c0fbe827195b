import type { FormatId } from '../contract/formats.ts';
import type { BundleFormat } from './format.ts';

/** What a bundle's name ends with, by format. Known apart from the formats, which take long to load. */
export const ENDINGS: Readonly<Record<FormatId, string>> = {
  age: '.tar.age',
  zip: '.zip',
  '7z': '.7z',
  html: '.html',
};

const LOADERS: Readonly<Record<FormatId, () => Promise<BundleFormat>>> = {
  age: async () => (await import('./age.ts')).ageFormat,
  zip: async () => (await import('./zip.ts')).zipFormat,
  '7z': async () => (await import('./seven-zip.ts')).sevenZipFormat,
  html: async () => (await import('./page.ts')).pageFormat,
};

const ORDER: readonly FormatId[] = ['age', 'zip', '7z', 'html'];

/**
 * Loads a format, which is done only when one is needed.
 *
 * @param id - of the format
 */
export function loadFormat(id: FormatId): Promise<BundleFormat> {
  return LOADERS[id]();
}

/**
 * Recognises a bundle by its content, whatever its name.
 *
 * @param head - its first 512 bytes, or all of a shorter one
 * @returns `undefined` for what is no bundle of any kind
 */
export async function recogniseFormat(head: Uint8Array): Promise<BundleFormat | undefined> {
  for (const id of ORDER) {
    const format = await loadFormat(id);
    if (format.recognise(head)) return format;
  }
  return undefined;
}
