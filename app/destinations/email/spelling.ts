/*
 * People paste a passphrase wrapped, capitalised, as a list, with spaces instead of hyphens, or out of an address or a web page. So
 * texts are compared in forms that all such spellings have in common.
 */

/** One way to read a text, and what is left of it when what does not count is taken away. */
export interface Spelling {
  readonly text: string;
  /** Without letter case, accents and anything that is not seen: what line breaks, tabs and other keyboards do to a text. */
  readonly dense: string;
  /** Letters and digits only: whatever stands between words does not count. */
  readonly skeleton: string;
  /** Letters only: neither do the numbers of a list. */
  readonly letters: string;
}

/** A form in which a spelling is compared. */
export type Shape = Exclude<keyof Spelling, 'text'>;

/** Shorter ones than this occur in any text. */
const LEAST_CHARACTERS = 6;

/** What was encoded and pasted is often encoded again; more often than this by nobody. */
const MOST_DECODINGS = 3;

/**
 * The ways in which a text can be read: as it is, decoded where it was encoded for an address, a web page or an email, and without the
 * marks of a list.
 *
 * @param text - what may hold a passphrase
 */
export function readings(text: string): Spelling[] {
  const found = new Set<string>();
  let read = text;
  for (let round = 0; round <= MOST_DECODINGS; round += 1) {
    // Apart, because an equals sign may as well stand before the passphrase.
    found.add(read).add(withoutMarks(read)).add(decodeBytes(read, '='));
    read = decodeEntities(decodeBytes(read, '%'));
  }
  return Array.from(found, spell);
}

/**
 * The forms of one text.
 *
 * @param text - as it is
 */
export function spell(text: string): Spelling {
  const folded = fold(text);
  const skeleton = folded.replace(/[^\p{L}\p{N}]+/gu, '');
  return {
    text,
    dense: folded.replace(/[\s\p{Cc}\p{Cf}\p{M}]+/gu, ''),
    skeleton,
    letters: skeleton.replace(/\p{N}+/gu, ''),
  };
}

/**
 * The form by which a passphrase is found in most spellings, and still in no ordinary text.
 *
 * @param passphrase - its forms
 * @returns `undefined` where it is too short for each of them
 */
export function broadestShape({ dense, skeleton, letters }: Spelling): Shape | undefined {
  if (skeleton.length >= LEAST_CHARACTERS) return letters === skeleton ? 'letters' : 'skeleton';
  return dense.length >= LEAST_CHARACTERS ? 'dense' : undefined;
}

/** Upper case last: it folds what lower case leaves apart, such as the two small sigmas. */
function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase().toUpperCase().normalize('NFKD');
}

/** `1.`, `(2)`, `c)` and the like at the beginning of a line, which digits in a passphrase would not let pass. */
function withoutMarks(text: string): string {
  return text.replace(/^[\s>*•+-]*\(?(?:\d{1,3}|[a-z])[.):\]](?=\s|\p{L})/gimu, '');
}

/** By percent signs as in addresses, or by equals signs as in the source of an email. */
function decodeBytes(text: string, sign: '%' | '='): string {
  return text.replace(new RegExp(`(?:${sign}[0-9a-f]{2})+`, 'gi'), (encoded) =>
    Buffer.from(encoded.replaceAll(sign, ''), 'hex').toString(),
  );
}

/** Letters and signs that a passphrase may have. What is not here stands for something between words. */
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', apos: "'", ast: '*', bsol: '\\', colon: ':', comma: ',', commat: '@' },
  ...{ dollar: '$', equals: '=', euro: '€', excl: '!', gt: '>', hat: '^', lcub: '{', lowbar: '_' },
  ...{ lpar: '(', lsqb: '[', lt: '<', num: '#', percnt: '%', period: '.', plus: '+', pound: '£' },
  ...{ quest: '?', quot: '"', rcub: '}', rpar: ')', rsqb: ']', sect: '§', semi: ';', sol: '/' },
  ...{ verbar: '|', aelig: 'æ', eth: 'ð', oelig: 'œ', oslash: 'ø', szlig: 'ß', thorn: 'þ' },
};

/** As in web pages. Those that browsers take without a semicolon are taken without one. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7});?|#x([0-9a-f]{1,6});?|(nbsp|shy|amp|lt|gt|quot);?|([a-z][a-z0-9]{1,31});)/gi,
    (_all, decimal?: string, hex?: string, bare?: string, named?: string) => {
      if (decimal !== undefined) return character(Number(decimal));
      if (hex !== undefined) return character(Number.parseInt(hex, 16));
      const name = (bare ?? named ?? '').toLowerCase();
      const accented = /^([a-z])(?:acute|caron|cedil|circ|grave|ring|tilde|uml)$/.exec(name);
      return accented?.[1] ?? (Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? ' ') : ' ');
    },
  );
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
