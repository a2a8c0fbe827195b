import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sealEnvelope } from '../../app/envelope/envelope.ts';
import { loadEngine } from '../../app/envelope/load-engine.ts';
import { sealPage } from '../../app/envelope/page.ts';
import { pageFormat } from '../../app/formats/page.ts';
import { documentSource } from './sources.ts';
import { pieces } from './streams.ts';

/** Made of list words, so that every help with typing applies. */
export const PASSPHRASE = 'clambake-pretended-deface-sapling-finishing-zombie';

/** How a page is made, as far as it is not as usual. */
export interface PageOptions {
  readonly note?: string;
  readonly passphrase?: string;
  /** scrypt's work factor; low unless given, so that opening costs no time. */
  readonly logN?: number;
  readonly name?: string;
}

/**
 * Seals documents into a page.
 *
 * @param folder - where it goes
 * @param template - the reader
 * @param documents - contents by name
 * @param options - what is not as usual
 * @returns its path
 */
export async function writePage(
  folder: string,
  template: Uint8Array,
  documents: Readonly<Record<string, string | Uint8Array>>,
  options: PageOptions = {},
): Promise<string> {
  const { note, passphrase = PASSPHRASE, logN = 10, name = 'bundle.html' } = options;
  const sources = Object.entries(documents).map(([each, content]) =>
    documentSource(each, content, { pieceBytes: 256 * 1024 }),
  );
  const sealing = await pageFormat.seal(
    {
      contents: { documents: sources, emptyFolders: [], note },
      bytes: sources.reduce((sum, { bytes }) => sum + bytes, 0),
      lock: { kind: 'passphrase', passphrase, logN },
      hideNames: false,
      pageTemplate: () => Promise.resolve(template),
    },
    {},
  );
  return await write(join(folder, name), sealing.bytes);
}

/**
 * Puts any payload, however hostile, into a page.
 *
 * @param folder - where it goes
 * @param template - the reader
 * @param payload - the plaintext
 * @returns its path
 */
export async function writePageAround(
  folder: string,
  template: Uint8Array,
  payload: Uint8Array,
): Promise<string> {
  const lock = { kind: 'passphrase', passphrase: PASSPHRASE, logN: 10 } as const;
  const sealed = await sealEnvelope(await loadEngine(), lock, pieces(payload));
  return await write(join(folder, 'hostile.html'), sealPage(template, sealed));
}

async function write(path: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  await pipeline(Readable.from(bytes), createWriteStream(path));
  return path;
}
