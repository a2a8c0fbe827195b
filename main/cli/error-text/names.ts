import type { NameProblem, SpecialKind } from '../../../app/contract/errors.ts';
import type { FormatId } from '../../../app/contract/formats.ts';

/** What each kind of bundle is called. */
export const FORMATS: Record<FormatId, string> = {
  age: 'age bundle',
  zip: 'ZIP archive',
  '7z': '7z archive',
  html: 'self-opening page',
};

/** What is wrong with a name. Each continues a sentence that begins with the name. */
export const NAME_PROBLEMS: Record<NameProblem, string> = {
  empty: 'has an empty name or an empty folder name in it',
  absolute: 'is an absolute path or has a slash where none may be',
  'drive-letter': 'begins with a drive letter',
  'dot-segment': "contains '.' or '..' as a folder",
  backslash: 'contains a backslash, which is a folder separator on Windows',
  colon: 'contains a colon, which Windows cannot hold',
  'windows-character': 'contains one of < > " | ? *, which Windows cannot hold',
  'control-character': 'contains a control character or one that reverses text',
  'not-unicode': 'is not valid Unicode',
  'reserved-on-windows': 'is the name of a device on Windows',
  'trailing-dot-or-space': 'ends with a dot or a space, which Windows drops',
  'too-long': 'is longer than file systems allow (255 bytes for each name, 1,024 together)',
  'reserved-by-signet': 'is a name that Signet itself uses inside a bundle',
};

/** What something is that is neither a file nor a folder. Each continues a sentence that begins with its name. */
export const SPECIAL_KINDS: Record<SpecialKind, string> = {
  'symbolic-link': 'is a symbolic link',
  'hard-link': 'is a hard link',
  device: 'is a device',
  pipe: 'is a pipe',
  socket: 'is a socket',
  other: 'is neither a file nor a folder',
};

/**
 * Why something in a bundle may not be restored, as the end of a sentence that begins with its name.
 *
 * @param problem - with its name, or with what it is
 */
export function nameTrouble(problem: NameProblem | SpecialKind): string {
  return problem in NAME_PROBLEMS
    ? NAME_PROBLEMS[problem as NameProblem]
    : SPECIAL_KINDS[problem as SpecialKind];
}
