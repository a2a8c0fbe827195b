import { domainToASCII } from 'node:url';
import { AppError } from '../../contract/errors.ts';

/*
 * Stricter than RFC 5322, which allows comments, quoted local parts and folded lines that nobody uses except to smuggle a second
 * recipient or a header past somebody. Letters beyond ASCII are allowed in the domain, which has an ASCII form, and in the name.
 */

/** Somebody who sends or receives a message. */
export interface EmailAddress {
  /** `local@domain`, ASCII only. */
  readonly address: string;
  /** As it is shown; empty where there is none. */
  readonly name: string;
}

const ATEXT = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]";
const LOCAL = new RegExp(`^${ATEXT}+(?:\\.${ATEXT}+)*$`);
const DOMAIN = /^[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Controls, line and paragraph separators, and the overrides that make an address read backwards. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const MAX_LOCAL = 64;
/** RFC 5321: a path is 256 octets, with its brackets. */
const MAX_ADDRESS = 254;
const MAX_NAME = 200;
/** What of a wrong entry is quoted back. */
const QUOTED = 320;

/**
 * Reads one address: `a@b.example`, `<a@b.example>` or `Name <a@b.example>`, the name in double quotes or not.
 *
 * @param text - what the person entered
 * @throws `email-address`
 */
export function parseAddress(text: string): EmailAddress {
  const refused = new AppError('email-address', { address: text.slice(0, QUOTED) });
  if (!text.isWellFormed() || CONTROL.test(text)) throw refused;
  const trimmed = text.trim();
  const bracket = trimmed.endsWith('>') ? trimmed.lastIndexOf('<') : -1;
  const spec = bracket < 0 ? trimmed : trimmed.slice(bracket + 1, -1);
  const name = bracket < 0 ? '' : plainName(trimmed.slice(0, bracket).trim());
  const address = plainAddress(spec);
  if (address === undefined || name === undefined) throw refused;
  return { address, name };
}

/**
 * Reads the addresses of one field, with commas or semicolons between them.
 *
 * @param text - what the person entered; nothing at all gives no addresses
 * @throws `email-address` for the first that is none
 */
export function parseAddressList(text: string): EmailAddress[] {
  return splitList(text)
    .filter((entry) => entry.trim() !== '')
    .map(parseAddress);
}

/**
 * Reads the recipients of a message; somebody who is named twice gets it once.
 *
 * @param entries - each one address or a list of them
 * @throws `email-address`, `email-no-recipients`
 */
export function parseRecipients(entries: readonly string[]): EmailAddress[] {
  const recipients = uniqueRecipients(entries);
  if (recipients.length === 0) throw new AppError('email-no-recipients', {});
  return recipients;
}

/**
 * Like `parseRecipients`, for a message that may do without: the person can fill them in later.
 *
 * @param entries - each one address or a list of them
 * @throws `email-address`
 */
export function uniqueRecipients(entries: readonly string[]): EmailAddress[] {
  const unique = new Map<string, EmailAddress>();
  for (const recipient of entries.flatMap(parseAddressList)) {
    const key = recipient.address.toLowerCase();
    if (!unique.has(key)) unique.set(key, recipient);
  }
  return [...unique.values()];
}

/** Cuts at commas and semicolons that are neither in quotes nor in angle brackets. */
function splitList(text: string): string[] {
  const entries: string[] = [];
  let entry = '';
  let inside = '';
  for (const character of text) {
    if (inside === '' && (character === ',' || character === ';')) {
      entries.push(entry);
      entry = '';
      continue;
    }
    if (inside === '' && character === '"') inside = '"';
    else if (inside === '' && character === '<') inside = '>';
    else if (character === inside) inside = '';
    entry += character;
  }
  return [...entries, entry];
}

function plainName(name: string): string | undefined {
  const quoted = /^"(.*)"$/s.exec(name)?.[1];
  const plain = (quoted ?? name).trim();
  return plain.length <= MAX_NAME && !/["<>\\]/.test(plain) ? plain : undefined;
}

function plainAddress(spec: string): string | undefined {
  const at = spec.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = spec.slice(0, at);
  const domain = asciiDomain(spec.slice(at + 1));
  if (domain === undefined || local.length > MAX_LOCAL || !LOCAL.test(local)) return undefined;
  const address = `${local}@${domain}`;
  return address.length <= MAX_ADDRESS ? address : undefined;
}

/** Checked before the conversion, too, which decodes `%41`, drops paths and takes numbers for IP addresses. */
function asciiDomain(domain: string): string | undefined {
  if (!DOMAIN.test(domain) || domain.length > MAX_ADDRESS) return undefined;
  const labels = domainToASCII(domain).split('.');
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || /^[0-9]+$/.test(last)) return undefined;
  return labels.every((label) => LABEL.test(label)) ? labels.join('.') : undefined;
}
