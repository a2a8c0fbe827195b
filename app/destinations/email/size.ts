import { AppError } from '../../contract/errors.ts';

/** More messages than this for one bundle, and email is the wrong way. */
export const MAX_VOLUMES = 99;

/** Base64 turns 57 bytes into a line of 76 characters. */
const LINE_CHARACTERS = 76;
/** Header fields, boundaries and the bundle's name, without the sender's words. */
const FRAME_BYTES = 1200;
/** The usual text, of the longer language. */
const USUAL_TEXT_BYTES = 1100;

/** How a bundle is spread over messages. */
export interface VolumePlan {
  readonly count: number;
  /** Bytes of the bundle in each message but the last. */
  readonly volumeBytes: number;
}

/**
 * The size of an attachment as base64, in lines.
 *
 * @param bytes - of the file
 */
export function encodedBytes(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4;
  return characters + 2 * Math.max(0, Math.ceil(characters / LINE_CHARACTERS) - 1);
}

/**
 * The size that a whole message will have, within 2 KiB.
 *
 * @param attachmentBytes - size of the attached file
 * @param words - everything that goes into the message beside it (text, subject, names), where that is known
 */
export function messageBytes(attachmentBytes: number, words?: string): number {
  return encodedBytes(attachmentBytes) + overhead(words);
}

/**
 * How many messages a bundle takes so that none is larger than a limit.
 *
 * @param bundleBytes - size of the bundle
 * @param limit - size that a message may have, in bytes, after base64
 * @param words - as for `messageBytes`
 * @returns messages of about one size
 * @throws `email-too-large` where not even 99 messages will do
 */
export function planVolumes(bundleBytes: number, limit: number, words?: string): VolumePlan {
  // What `messageBytes` may be wrong by is kept free.
  const room = limit - overhead(words) - 2048;
  const largest = Math.max(0, largestWithin(room));
  const count = largest === 0 ? Infinity : Math.max(1, Math.ceil(bundleBytes / largest));
  if (count > MAX_VOLUMES)
    throw new AppError('email-too-large', { bytes: messageBytes(bundleBytes, words), limit });
  return { count, volumeBytes: count === 1 ? bundleBytes : Math.ceil(bundleBytes / count) };
}

function overhead(words: string | undefined): number {
  return FRAME_BYTES + (words === undefined ? USUAL_TEXT_BYTES : quotedBytes(words));
}

/** As quoted-printable, of which each line but the last is followed by three characters. */
function quotedBytes(words: string): number {
  const bytes = Buffer.byteLength(words);
  const plain = words.match(/[\r\n\t -~]/g)?.length ?? 0;
  const quoted = plain + 3 * (bytes - plain);
  return quoted + 3 * Math.floor(quoted / LINE_CHARACTERS);
}

/** The most bytes of which the base64 takes no more than that. */
function largestWithin(room: number): number {
  const lines = Math.floor((room + 2) / (LINE_CHARACTERS + 2));
  return lines * (LINE_CHARACTERS / 4) * 3;
}
