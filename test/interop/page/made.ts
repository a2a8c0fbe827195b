import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { buildPage } from '../../../tools/page.ts';
import { patternBytes } from '../../support/documents.ts';
import { writePage } from '../../support/pages.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** The reader, as it is built. */
export const TEMPLATE = await buildPage();

/** What the pages here hold. */
export const DOCUMENTS = {
  'passport.jpg': patternBytes(2_000_003),
  'degree/Zeugnis für Zoë.pdf': 'degree',
  'empty.txt': '',
};

/**
 * A page with the documents and a note.
 *
 * @param change - what somebody does to it before it is opened
 * @returns its path
 */
export async function pageWith(change: (page: string) => string = (page) => page): Promise<string> {
  const path = await writePage(temporaryFolder(), TEMPLATE, DOCUMENTS, { note: 'For Monday' });
  const page = readFileSync(path, 'utf8');
  writeFileSync(path, change(page));
  return path;
}

/** SHA-256 in hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
