import type { SendReceipt } from '../../app/app.ts';
import type { Evidence } from '../../app/contract/records.ts';
import { bold, prose } from './console.ts';
import { formatCount, formatSize, printable } from './format.ts';

const EVIDENCE: Record<Evidence, string> = {
  'checksum-sha256': "the server's SHA-256",
  'etag-md5': "the server's MD5 (ETag)",
  'parts-md5': 'the MD5 of each part on the server',
  'listed-size': 'the size on the server',
  'received-size': 'the size that the server announced',
  'flushed-to-disk': 'the size on disk, after flushing',
};

/**
 * How many documents a bundle holds, and how large they are together.
 *
 * @param receipt - of the bundle
 */
export function documentsText({ documents }: Pick<SendReceipt, 'documents'>): string {
  const total = documents.reduce((sum, document) => sum + document.bytes, 0);
  return `${formatCount(documents.length, 'document')} (${formatSize(total)})`;
}

/**
 * What is to be known of a sealed bundle, as rows for a terminal.
 *
 * @param receipt - of the bundle
 * @param where - it lies
 * @returns rows of a label and a text
 */
export function receiptRows(receipt: SendReceipt, where = receipt.location): [string, string][] {
  const { bytes, leftOut, sha256, verifiedBy } = receipt;
  return [
    ['  Bundle', where],
    ['  Size', `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`],
    ['  SHA-256', sha256],
    ['  Re-opened', 'every document came out as it went in'],
    ['  Checked by', verifiedBy.map((evidence) => EVIDENCE[evidence]).join(', ')],
    ...leftOut.map((name): [string, string] => ['  Left out', `${name} (the operating system's)`]),
  ];
}

/**
 * The same for a program, without the place and the passphrase.
 *
 * @param receipt - of the bundle
 */
export function receiptJson({ format, bytes, sha256, documents, leftOut }: SendReceipt): object {
  return { format, bytes, sha256, documents, ...(leftOut.length === 0 ? {} : { leftOut }) };
}

/**
 * The passphrase that Signet made, for a program.
 *
 * @param receipt - of the bundle
 */
export function passphraseJson({ generated }: SendReceipt): object {
  return generated === undefined ? {} : { passphrase: generated.passphrase };
}

/**
 * The passphrase that Signet made, for the eyes of a person: the aside of an answer.
 *
 * @param receipt - of the bundle
 */
export function passphraseAside({ generated }: SendReceipt): { readonly aside?: string } {
  if (generated === undefined) return {};
  const { bits, passphrase } = generated;
  const lines = [
    '',
    prose(
      'The passphrase. Do not send it with the bundle: tell it another way, by phone or in person.',
      process.stderr,
    ),
    '',
    // In one piece, so that it can be selected with one gesture.
    `    ${bold(printable(passphrase))}`,
    '',
    prose(
      `It is kept nowhere: note it before you close this window. Strength: ${bits.toFixed(1)} bits.`,
      process.stderr,
    ),
  ];
  return { aside: lines.join('\n') };
}
