import type {
  BundlePart,
  ErrorCode,
  NameProblem,
  ReferenceKind,
  SpecialKind,
} from '../../../../app/contract/errors.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';
import { documentErrors } from './errors/documents.ts';
import { emailErrors } from './errors/email.ts';
import { openingErrors } from './errors/opening.ts';
import { programErrors } from './errors/program.ts';
import { s3Errors } from './errors/s3.ts';
import type { ErrorWords } from './errors/said.ts';

/** Words for what went wrong. A code without any does not compile. */
export const errors = {
  codes: {
    ...documentErrors,
    ...openingErrors,
    ...s3Errors,
    ...emailErrors,
    ...programErrors,
  } satisfies Record<ErrorCode, ErrorWords>,

  /** What is wrong with a name. Each continues a sentence that begins with the name. */
  nameProblems: {
    empty: 'is empty, or has an empty folder name in it',
    absolute: 'has a slash where none may be',
    'drive-letter': 'begins with a drive letter',
    'dot-segment': 'has “.” or “..” as a folder in it',
    backslash: 'has a backslash in it, which separates folders on Windows',
    colon: 'has a colon in it, which Windows cannot hold',
    'windows-character': 'has one of < > " | ? * in it, which Windows cannot hold',
    'control-character': 'has invisible characters in it',
    'not-unicode': 'is not written in valid Unicode',
    'reserved-on-windows': 'is a name that Windows keeps for itself',
    'trailing-dot-or-space': 'ends with a dot or a space, which Windows drops',
    'too-long': 'is longer than file systems allow (255 bytes for each name, 1,024 together)',
    'reserved-by-signet': 'is a name that Signet itself uses inside a bundle',
  } satisfies Record<NameProblem, string>,

  /** How a transfer ended. Each continues “The transfer”. */
  ended: { cancelled: 'was stopped', failed: 'failed' },

  /** What something is that is neither a file nor a folder. Each continues a sentence that begins with its name. */
  specialKinds: {
    'symbolic-link': 'is a link to something else',
    'hard-link': 'is a hard link to something else',
    device: 'is a device',
    pipe: 'is a pipe',
    socket: 'is a socket',
    other: 'is neither a file nor a folder',
  } satisfies Record<SpecialKind, string>,

  /** A kind of bundle, at the beginning of a sentence. */
  anyFormat: {
    age: 'An age bundle',
    zip: 'A ZIP archive',
    '7z': 'A 7z archive',
    html: 'A self-opening page',
  } satisfies Record<FormatId, string>,

  /** One bundle of a kind, at the beginning of a sentence. */
  thisFormat: {
    age: 'This age bundle',
    zip: 'This ZIP archive',
    '7z': 'This 7z archive',
    html: 'This self-opening page',
  } satisfies Record<FormatId, string>,

  /** The parts of a bundle, at the beginning of a sentence. */
  parts: {
    header: 'Its header',
    payload: 'Its content',
    armor: 'Its text wrapping',
    page: 'The page around it',
    archive: 'The archive inside',
    checksums: 'Its list of checksums',
  } satisfies Record<BundlePart, string>,

  /** What was chosen on the screen, at the beginning of a sentence. */
  references: {
    file: 'This file',
    document: 'This document',
    job: 'This task',
    receipt: 'This receipt',
    bundle: 'This bundle',
    entry: 'This bundle',
    connection: 'This connection',
    account: 'This email account',
    message: 'This message',
  } satisfies Record<ReferenceKind, string>,

  /** A server without a name of its own. */
  s3: 'S3',
} as const;
