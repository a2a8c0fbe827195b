import type { EmailAddress } from './address.ts';
import { refusePassphrases, type Forbidden } from './guard.ts';

/** What mail programs and the systems that start them take. */
export const MAX_MAILTO_CHARACTERS = 2000;

/**
 * A `mailto:` link for mail programs that open no drafts; the bundle has to be attached by hand. Where the text is too long for a
 * link, its last paragraphs are left out.
 *
 * @param to - the recipients, if any are known
 * @param subject - one line
 * @param text - paragraphs, an empty line between them, lines ended by CRLF
 * @param passphrases - all of this run
 * @returns at most 2,000 characters as long as recipients and subject take no more than that
 * @throws `email-passphrase-inside`
 */
export function mailtoLink(
  to: readonly EmailAddress[],
  subject: string,
  text: string,
  passphrases: readonly Forbidden[],
): string {
  const addresses = to.map(({ address }) => address);
  refusePassphrases([subject, text, ...addresses], passphrases);
  const path = addresses.map(encodeAddress).join(',');
  const paragraphs = text.trimEnd().split('\r\n\r\n');
  for (let count = paragraphs.length; count > 0; count -= 1) {
    const body = encode(paragraphs.slice(0, count).join('\r\n\r\n'));
    const link = `mailto:${path}?subject=${encode(subject)}&body=${body}`;
    if (link.length <= MAX_MAILTO_CHARACTERS) return link;
  }
  return `mailto:${path}?subject=${encode(subject)}`;
}

function encodeAddress(address: string): string {
  return address.split('@').map(encode).join('@');
}

/** RFC 6068 takes no quote as it is, and some programs end the link at one. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
