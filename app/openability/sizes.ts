import type { MailFit } from '../contract/advice.ts';
import type { FormatId } from '../contract/formats.ts';

/** Base64 puts 57 bytes on a line of 76 characters, and ends it with two more. */
const LINE_BYTES = 57;
const LINE_CHARACTERS = 78;

/** Headers, the text to the recipient and boundaries of a message, generously. */
export const MESSAGE_BYTES = 16 * 1024;

/** More messages than this are asked of nobody. */
export const MAX_VOLUMES = 10;

/** The reader in a page, about. */
const READER_BYTES = 256 * 1024;

/**
 * How large a file is as an attachment: base64, in lines of 76 characters. That is 37 % more.
 *
 * @param bytes - size of the file
 * @returns bytes
 */
export function attachedSize(bytes: number): number {
  const characters = 4 * Math.ceil(bytes / 3);
  return characters + 2 * Math.ceil(characters / 76);
}

/**
 * About how large a bundle will be. Compression can only make it smaller.
 *
 * @param format - its kind
 * @param bytes - size of all documents together
 * @param documents - how many
 * @returns bytes
 */
export function bundleSize(format: FormatId, bytes: number, documents: number): number {
  switch (format) {
    case 'age':
      return ageSize(bytes, documents);
    case 'html': {
      // Armor puts 48 bytes on a line of 64 characters and its end.
      const armor = Math.ceil(ageSize(bytes, documents) / 48) * 65;
      return armor + READER_BYTES;
    }
    // Names twice, sums, and what each entry needs.
    case 'zip':
      return bytes + 512 * documents + 1024;
    case '7z':
      return bytes + 512 * documents + 1024;
  }
}

/** A tar with its headers and padding, sealed in chunks of 64 KiB with 16 bytes each. */
function ageSize(bytes: number, documents: number): number {
  const tar = bytes + 1536 * documents + 4096;
  return tar + 16 * Math.ceil(tar / 65536) + 512;
}

/**
 * How a bundle fits into an email.
 *
 * @param bytes - size of the bundle
 * @param limit - of a message after base64, in bytes
 * @param splits - whether the recipient can join volumes of this format
 */
export function mailFit(bytes: number, limit: number, splits: boolean): MailFit {
  const attachedBytes = attachedSize(bytes);
  const room = limit - MESSAGE_BYTES;
  if (attachedBytes <= room) return { fit: 'fits', attachedBytes, limit };
  const volumeBytes = Math.floor(room / LINE_CHARACTERS) * LINE_BYTES;
  const volumes = Math.ceil(bytes / volumeBytes);
  if (!splits || volumes > MAX_VOLUMES) return { fit: 'too-large', attachedBytes, limit };
  return { fit: 'split', attachedBytes, limit, volumes, volumeBytes };
}
