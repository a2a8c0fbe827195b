import { AppError } from '../../../app/contract/errors.ts';
import type { DocumentRecord, SumsOutcome } from '../../../app/contract/records.ts';
import { NOTE_NAME, SUMS_NAME, verifySums } from '../../../app/archive/sums.ts';
import { nameProblem, NameSet } from '../../../app/files/names.ts';
import { passphraseReadings } from '../../../app/passphrase/entry.ts';
import type { Carried } from './armor.ts';
import { sha256Of } from './digest.ts';
import { headerEnd, openHeader } from './header.ts';
import { openPayload } from './payload.ts';
import { Pieces } from './pieces.ts';
import { readTar, type TarEntry } from './tar.ts';

/** Fewer than a plain ZIP can hold, and more than Signet seals. */
const MAX_ENTRIES = 60_000;
/** A longer note is not Signet's. */
const MAX_NOTE_BYTES = 64 * 1024;

/** A document that came out of the bundle. */
export interface OpenedDocument extends DocumentRecord {
  readonly modified: Date;
  readonly content: Blob;
}

/** What came out of a bundle. */
export interface OpenedBundle {
  readonly documents: readonly OpenedDocument[];
  readonly emptyFolders: readonly string[];
  readonly note?: string;
  readonly sums: SumsOutcome;
}

/** How far it is. */
export interface OpenProgress {
  /** `derive` is the deliberately slow step from passphrase to key. */
  readonly stage: 'derive' | 'open';
  /** How much of the stage is done, from 0 to 1. */
  readonly share: number;
}

/** The opening, as somebody watches it. */
export interface OpenJob {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: OpenProgress) => void;
}

/**
 * Opens a bundle. Nothing is given out before its last byte was found authentic and every document equals its checksum.
 *
 * @param carried - the age file in the page
 * @param typed - the passphrase as the person typed it; every sensible reading of it is tried
 * @param job - may be cancelled, hears often how far it is
 * @throws `cancelled`, `wrong-passphrase`, `key-needed`, `work-factor-too-high`, `not-enough-memory`, `bundle-damaged`,
 * `unsafe-entry`, `duplicate-entry`, `too-many-entries`
 */
export async function openBundle(
  carried: Carried,
  typed: string,
  job: OpenJob,
): Promise<OpenedBundle> {
  const report = (progress: OpenProgress): void => {
    if (job.signal.aborted) throw new AppError('cancelled', {});
    job.onProgress(progress);
  };
  const { header, payload, payloadBytes } = splitHeader(carried);
  // The last first: words are typed with spaces more often than a passphrase of words is meant to have other separators.
  const readings = passphraseReadings(typed).reverse();
  const fileKey = await openHeader(header, readings, (share) => {
    report({ stage: 'derive', share });
  });
  try {
    report({ stage: 'open', share: 0 });
    const plaintext = openPayload(fileKey, payload, payloadBytes, (bytes) => {
      report({ stage: 'open', share: bytes / payloadBytes });
    });
    return await collect(readTar(new Pieces(plaintext), carried.bytes));
  } finally {
    fileKey.fill(0);
  }
}

/**
 * The header of the age file in a page.
 *
 * @param carried - the age file
 * @throws `bundle-damaged` (`header`, `armor`)
 */
export function headerOf(carried: Carried): Uint8Array {
  return splitHeader(carried).header;
}

function splitHeader(carried: Carried): {
  readonly header: Uint8Array;
  readonly payload: Pieces;
  readonly payloadBytes: number;
} {
  const pieces = carried.pieces();
  // The first piece is larger than any header.
  const first = pieces.next().value ?? new Uint8Array();
  const end = headerEnd(first);
  return {
    header: first.subarray(0, end),
    payload: new Pieces(prepend(first.subarray(end), pieces)),
    payloadBytes: carried.bytes - end,
  };
}

function* prepend(
  first: Uint8Array,
  rest: Iterable<Uint8Array>,
): Generator<Uint8Array, void, undefined> {
  yield first;
  yield* rest;
}

/** Tells the note and the checksums, by their names and places, from the documents, and compares the sums. */
async function collect(entries: AsyncIterable<TarEntry>): Promise<OpenedBundle> {
  const names = new NameSet();
  const folders: string[] = [];
  const files: OpenedDocument[] = [];
  for await (const entry of entries) {
    checkName(names, entry);
    if (entry.kind === 'folder') folders.push(entry.name);
    else files.push(await documentOf(entry));
  }
  const last = files.at(-1);
  const sumsText = last?.name === SUMS_NAME ? await last.content.text() : undefined;
  const summed = sumsText === undefined ? files : files.slice(0, -1);
  const sums = verifySums(sumsText, summed);
  const own = sums === 'absent' ? files : summed;
  const first = own[0];
  const hasNote = first?.name === NOTE_NAME && first.bytes <= MAX_NOTE_BYTES;
  const documents = hasNote ? own.slice(1) : own;
  return {
    documents,
    emptyFolders: folders,
    ...(hasNote ? { note: await first.content.text() } : {}),
    sums,
  };
}

function checkName(names: NameSet, { name, kind }: TarEntry): void {
  const problem = nameProblem(name);
  if (problem !== undefined) throw new AppError('unsafe-entry', { name, problem });
  const other = names.add(name, kind);
  if (other !== undefined) throw new AppError('duplicate-entry', { name, other });
  if (names.size > MAX_ENTRIES) throw new AppError('too-many-entries', { limit: MAX_ENTRIES });
}

async function documentOf({
  name,
  modified,
  content,
}: Extract<TarEntry, { kind: 'file' }>): Promise<OpenedDocument> {
  return {
    name,
    bytes: content.byteLength,
    sha256: await sha256Of(content),
    modified,
    // Never a type that a browser would show instead of saving it. A browser may keep it outside of its memory.
    content: new Blob([content], { type: 'application/octet-stream' }),
  };
}
