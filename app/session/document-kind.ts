import type { DocumentKind } from '../contract/views.ts';

const ENDINGS: Readonly<Record<Exclude<DocumentKind, 'folder' | 'other'>, string>> = {
  pdf: 'pdf',
  image: 'jpg jpeg png gif webp heic heif avif tif tiff bmp svg',
  text: 'txt md rtf doc docx odt pages tex html htm json xml log',
  sheet: 'xls xlsx ods csv tsv numbers',
  archive: 'zip 7z rar tar gz tgz bz2 xz zst age gpg pgp',
  video: 'mp4 mov mkv avi webm m4v',
  audio: 'mp3 m4a wav flac ogg opus aac',
};

const KINDS = new Map(
  Object.entries(ENDINGS).flatMap(([kind, endings]) =>
    endings.split(' ').map((ending) => [ending, kind as DocumentKind]),
  ),
);

const PREVIEWED = new Set('jpg jpeg png gif webp heic heif tif tiff'.split(' '));

/**
 * What a document is, judged by its name.
 *
 * @param name - of the document
 */
export function documentKind(name: string): DocumentKind {
  return KINDS.get(endingOf(name)) ?? 'other';
}

/**
 * Whether it is worth looking into a document for a picture.
 *
 * @param path - of the document
 */
export function mayHavePreview(path: string): boolean {
  return PREVIEWED.has(endingOf(path));
}

function endingOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
