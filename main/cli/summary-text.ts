import type { ToolId } from '../../app/contract/advice.ts';
import type { BundleSummary, Derivation, FormatId } from '../../app/contract/formats.ts';
import { TOOL_NAMES } from './advice-text.ts';
import { formatCount, formatSize } from './format.ts';

interface KeyKind {
  readonly noun: string;
  /** How its public half begins, or which kind of SSH key it is. */
  readonly mark: string;
}

/** The stanza types of age by the keys that open them. */
const KEY_KINDS: Readonly<Record<string, KeyKind>> = {
  X25519: { noun: 'key', mark: 'age1…' },
  mlkem768x25519: { noun: 'post-quantum key', mark: 'age1pq1…' },
  p256tag: { noun: 'hardware key', mark: 'age1tag1…' },
  mlkem768p256tag: { noun: 'post-quantum hardware key', mark: 'age1tagpq1…' },
  'ssh-rsa': { noun: 'SSH key', mark: 'RSA' },
  'ssh-ed25519': { noun: 'SSH key', mark: 'Ed25519' },
};

const FORMATS: Readonly<Record<Exclude<FormatId, 'age'>, string>> = {
  zip: 'ZIP',
  '7z': '7z',
  html: 'self-opening page',
};

/**
 * What a bundle is, as rows for a terminal.
 *
 * @param summary - what can be said of it without opening it
 * @param tools - what is known to open it
 * @returns rows of a label and a text
 */
export function summaryRows(
  summary: BundleSummary & { readonly sha256: string },
  tools: readonly ToolId[],
): [string, string][] {
  const { bytes, sha256, derivation } = summary;
  const cost = guessCost(derivation);
  return [
    ['Format', formatText(summary)],
    ['Opened by', lockText(summary)],
    ...(cost === undefined ? [] : [['Each guess', cost] satisfies [string, string]]),
    ['Opens with', toolText(summary, tools)],
    ['Documents', documentsText(summary)],
    ['Size', `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`],
    ['SHA-256', sha256],
  ];
}

function formatText({ format, age, aesBits, derivation }: BundleSummary): string {
  if (format === 'age') return age?.armored === true ? 'age v1, as text (armored)' : 'age v1';
  const name = FORMATS[format];
  if (derivation.kind === 'none') return `${name}, not encrypted`;
  if (derivation.kind === 'zipcrypto') return `${name} with ZipCrypto, its old encryption`;
  if (format === 'html') return `${name} with an age file in it`;
  return `${name} with AES-${String(aesBits ?? 256)}`;
}

function lockText({ lockedWith, age }: BundleSummary): string {
  switch (lockedWith) {
    case 'passphrase':
      return 'a passphrase';
    case 'keys':
      return keysText(age?.stanzas ?? []);
    case 'nothing':
      return 'anybody: nothing in it is encrypted';
  }
}

function keysText(stanzas: readonly string[]): string {
  const counts = new Map<KeyKind, number>();
  let total = 0;
  for (const stanza of stanzas) {
    // Some tools add meaningless stanzas on purpose, to keep readers honest.
    const kind = KEY_KINDS[stanza];
    if (kind === undefined) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    total += 1;
  }
  if (total === 0) return `${formatCount(stanzas.length, 'recipient')} of a kind unknown here`;
  const each = [...counts].map(
    ([{ noun, mark }, count]) => `${formatCount(count, noun)} (${mark})`,
  );
  return total === 1 ? each.join() : `any one of ${each.join(' and ')}`;
}

function guessCost(derivation: Derivation): string | undefined {
  switch (derivation.kind) {
    case 'scrypt': {
      const { logN } = derivation;
      return `takes ${formatSize(1024 * 2 ** logN)} of memory (scrypt, work factor ${String(logN)})`;
    }
    case 'pbkdf2-sha1':
      return `is cheap: the passphrase alone protects (PBKDF2, ${formatCount(derivation.rounds, 'round')})`;
    case 'sha256-rounds':
      return `takes a moment, no memory (SHA-256, 2^${String(derivation.logRounds)} rounds)`;
    case 'zipcrypto':
      return 'may not be needed: this encryption is broken';
    case 'keys':
    case 'none':
      return undefined;
  }
}

function toolText({ format }: BundleSummary, tools: readonly ToolId[]): string {
  if (format === 'age')
    return `${tools.includes('signet') ? 'Signet, age, rage' : 'age, rage'}, and other tools for age files`;
  return tools.map((tool) => TOOL_NAMES[tool]).join(', ');
}

function documentsText({ names, documents }: BundleSummary): string {
  const count = documents === undefined ? undefined : formatCount(documents, 'file');
  if (names === 'visible')
    return `${count === undefined ? '' : `${count}, `}their names and sizes can be read by anybody`;
  return count === undefined
    ? 'sealed, with their names and their number'
    : `sealed, with their names; ${count} can be counted`;
}
