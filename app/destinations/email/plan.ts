import { AppError } from '../../contract/errors.ts';
import type { FormatId } from '../../contract/formats.ts';
import type { BundleFile } from '../../files/bundle-file.ts';
import { cutIntoVolumes, type VolumeRange } from '../../files/write-volumes.ts';
import { parseAddress, parseRecipients, uniqueRecipients, type EmailAddress } from './address.ts';
import type { Forbidden } from './guard.ts';
import type { EmailMessage } from './message.ts';
import { messageBytes, planVolumes } from './size.ts';
import { writeText, type EmailLanguage, type EmailText } from './text.ts';

/** A finished bundle that is to go by email. */
export interface EmailRequest {
  /** Stays open until the messages are written. */
  readonly bundle: BundleFile;
  readonly format: FormatId;
  readonly lockedWith: 'passphrase' | 'keys';
  /** As entered, one or several addresses each. A draft may have none. */
  readonly to: readonly string[];
  readonly language: EmailLanguage;
  /** The sender's own words, put above. */
  readonly greeting?: string | undefined;
  /** Instead of the usual one. */
  readonly subject?: string | undefined;
  /** All passphrases of this run, which must not be in any message. */
  readonly passphrases: readonly Forbidden[];
  /** The size that one message may have, in bytes after base64. A bundle that is too large for it goes in volumes. */
  readonly limit?: number | undefined;
}

/** One message to be written. */
export interface PlannedMessage {
  readonly message: EmailMessage;
  /** About how large it will be, in bytes. */
  readonly bytes: number;
}

/**
 * Spreads a bundle over messages: one where it fits, otherwise one for each volume, numbered.
 *
 * @param request - what is to be sent
 * @param from - the sender, as entered; absent in a draft
 * @param draft - whether the messages are for a mail program to send
 * @returns the messages in order; their attachments are read from the bundle
 * @throws `email-address`, `email-no-recipients` where it is no draft, `email-too-large`, `note-too-long`
 */
export function planMessages(
  request: EmailRequest,
  from: string | undefined,
  draft: boolean,
): PlannedMessage[] {
  const { bundle, format, limit } = request;
  const to = draft ? uniqueRecipients(request.to) : parseRecipients(request.to);
  const people = { to, ...(from === undefined ? {} : { from: parseAddress(from) }) };
  const whole = writeText({ ...request, bundle: bundle.name });
  const words = allWords(whole, bundle.name, people);
  const ranges = cut(bundle, limit, words, request);
  return ranges.map((range, index) => {
    const text =
      ranges.length === 1
        ? whole
        : writeText({ ...request, bundle: bundle.name, part: partOf(ranges, index) });
    const bytes = range.end - range.start;
    const attachment = {
      name: range.name,
      kind: ranges.length === 1 ? format : 'part',
      bytes,
      content: () => wholeRange(bundle, range),
    } as const;
    return {
      message: { ...people, ...text, attachment, draft },
      bytes: messageBytes(bytes, allWords(text, range.name, people)),
    };
  });
}

function cut(
  bundle: BundleFile,
  limit: number | undefined,
  words: string,
  request: EmailRequest,
): readonly VolumeRange[] {
  const one = [{ name: bundle.name, start: 0, end: bundle.bytes }];
  if (limit === undefined || planVolumes(bundle.bytes, limit, words).count === 1) return one;
  // The text of a volume is the longer one.
  const part = { number: 99, of: 99, first: `${bundle.name}.001` };
  const longer = writeText({ ...request, bundle: bundle.name, part });
  const { volumeBytes } = planVolumes(bundle.bytes, limit, words + longer.text);
  return cutIntoVolumes(bundle.name, bundle.bytes, volumeBytes);
}

function partOf(
  ranges: readonly VolumeRange[],
  index: number,
): { number: number; of: number; first: string } {
  return { number: index + 1, of: ranges.length, first: ranges[0]?.name ?? '' };
}

function allWords(
  { subject, text }: EmailText,
  name: string,
  { from, to }: { readonly from?: EmailAddress; readonly to: readonly EmailAddress[] },
): string {
  const people = [...(from === undefined ? [] : [from]), ...to];
  // The name of the file stands in two header fields.
  return [text, subject, name, name, ...people.map((one) => `${one.name} <${one.address}>, `)].join(
    '',
  );
}

/** A part of the bundle, all of it or a failure: what became shorter meanwhile must not be sent as if it were whole. */
async function* wholeRange(
  bundle: BundleFile,
  { start, end }: VolumeRange,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of bundle.content(start, end)) {
    bytes += piece.byteLength;
    yield piece;
  }
  if (bytes !== end - start) throw new AppError('bundle-unreadable', { path: bundle.path });
}
