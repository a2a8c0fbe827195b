import type { NameProblem } from '../contract/errors.ts';

/*
 * One rule for names, in both directions: what Signet packs can be restored on Windows, macOS and Linux alike, and what it
 * restores cannot leave the folder that the person chose. A name that breaks the rule is refused, never silently changed, so
 * that two documents can never come to lie under each other's name.
 */

/** NTFS, APFS and ext4 all hold 255; ext4 counts bytes of UTF-8, which is the strictest. */
export const MAX_SEGMENT_BYTES = 255;
/** PATH_MAX of macOS, the smallest of the three. */
const MAX_NAME_BYTES = 1024;

const encoder = new TextEncoder();

/** Device names of Windows, reserved in every folder and with every extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:[. ]|$)/i;
/** C0 and C1 controls, line and paragraph separators, and the bidirectional overrides that make `fdp.exe` look like `exe.pdf`. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Names that Signet itself puts into a bundle. */
const RESERVED_BY_SIGNET = new Set(['SHA256SUMS', 'NOTE.TXT']);

/**
 * What keeps a name from being packed or restored.
 *
 * @param name - a relative name, `/` between folders
 * @returns the first problem found, or `undefined` for a good name
 */
export function nameProblem(name: string): NameProblem | undefined {
  if (name === '') return 'empty';
  if (!name.isWellFormed() || name.includes('\ufffd')) return 'not-unicode';
  if (CONTROL.test(name)) return 'control-character';
  if (name.startsWith('/')) return 'absolute';
  if (/^[a-z]:/i.test(name)) return 'drive-letter';
  if (name.includes('\\')) return 'backslash';
  if (name.includes(':')) return 'colon';
  if (/[<>"|?*]/.test(name)) return 'windows-character';
  if (utf8Bytes(name) > MAX_NAME_BYTES) return 'too-long';
  for (const segment of name.split('/')) {
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function segmentProblem(segment: string): NameProblem | undefined {
  if (segment === '') return 'empty';
  if (segment === '.' || segment === '..') return 'dot-segment';
  if (utf8Bytes(segment) > MAX_SEGMENT_BYTES) return 'too-long';
  if (/[. ]$/.test(segment)) return 'trailing-dot-or-space';
  if (WINDOWS_DEVICE.test(segment)) return 'reserved-on-windows';
  return undefined;
}

/** Not by way of `Buffer`: the self-opening page judges names by this module, too. */
function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}

/**
 * Like `nameProblem`, for a document to be packed: the names that Signet adds itself are taken, for folders, too.
 *
 * @param name - a relative name, `/` between folders
 */
export function documentNameProblem(name: string): NameProblem | undefined {
  const slash = name.indexOf('/');
  const first = slash < 0 ? name : name.slice(0, slash);
  return RESERVED_BY_SIGNET.has(collisionKey(first)) ? 'reserved-by-signet' : nameProblem(name);
}

/**
 * What two names have in common that would fall on each other: letter case and Unicode form do not count. Upper case last: it is
 * what folds the two small sigmas, and the long s.
 *
 * @param name - a name, or a part of one
 */
function collisionKey(name: string): string {
  // Most names are plain, and a screen looks at tens of thousands of them after each change.
  if (/^[ -~]*$/.test(name)) return name.toUpperCase();
  return name.normalize('NFD').toLowerCase().toUpperCase().normalize('NFC');
}

/** The names in one bundle; finds those that would fall on each other where letter case or Unicode form does not count. */
export class NameSet {
  readonly #seen = new Map<string, { readonly name: string; readonly kind: 'file' | 'folder' }>();

  /** How many names there are, those of implied folders counted. */
  get size(): number {
    return this.#seen.size;
  }

  /**
   * Adds a name and the folders that it implies.
   *
   * @param name - a good name, by `nameProblem`
   * @param kind - what it names
   * @returns the name already there that it collides with; `undefined` when it is new, or the same folder again
   */
  add(name: string, kind: 'file' | 'folder'): string | undefined {
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      const other = this.#addOne(name.slice(0, slash), 'folder');
      if (other !== undefined) return other;
    }
    return this.#addOne(name, kind);
  }

  #addOne(name: string, kind: 'file' | 'folder'): string | undefined {
    const key = collisionKey(name);
    const seen = this.#seen.get(key);
    if (seen === undefined) {
      this.#seen.set(key, { name, kind });
      return undefined;
    }
    return kind === 'folder' && seen.kind === 'folder' && seen.name === name
      ? undefined
      : seen.name;
  }
}
