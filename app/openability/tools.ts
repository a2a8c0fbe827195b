import type { RecipientHas, ToolId } from '../contract/advice.ts';
import type { SourceId } from './sources.ts';

/** What a tool may be given. A 7z counts as sealed whether or not its names show: each tool treats both alike. */
export type BundleKind =
  'age' | 'page' | 'zip-aes' | 'zip-legacy' | 'zip-plain' | '7z-sealed' | '7z-plain';

/** Whether one tool opens one kind of bundle. `unsure` counts as no wherever something depends on it. */
export interface ToolRow {
  readonly opens: 'yes' | 'no' | 'unsure';
  /** At least one. */
  readonly sources: readonly SourceId[];
}

/** Each tool with each kind of bundle. */
export const TOOLS: Readonly<Record<ToolId, Readonly<Record<BundleKind, ToolRow>>>> = {
  signet: {
    age: yes('tried-signet', 'tried-age'),
    page: yes('tried-signet'),
    'zip-aes': yes('tried-signet'),
    'zip-legacy': yes('tried-signet'),
    'zip-plain': yes('tried-signet'),
    '7z-sealed': yes('tried-signet'),
    '7z-plain': yes('tried-signet'),
  },
  age: {
    age: yes('age-tool', 'age-format', 'tried-age'),
    // A line of sed takes the age file out of the page; nobody does that without being told.
    page: no('tried-age-other'),
    'zip-aes': no('tried-age-other'),
    'zip-legacy': no('tried-age-other'),
    'zip-plain': no('tried-age-other'),
    '7z-sealed': no('tried-age-other'),
    '7z-plain': no('tried-age-other'),
  },
  '7zip': {
    age: no('tried-not-an-archive'),
    page: no('tried-not-an-archive'),
    'zip-aes': yes('7zip-home', 'tried-7zz-zip'),
    'zip-legacy': yes('7zip-home'),
    'zip-plain': yes('7zip-home'),
    '7z-sealed': yes('7zip-format', 'tried-7zz-7z'),
    '7z-plain': yes('7zip-format'),
  },
  keka: {
    age: no('tried-not-an-archive', 'keka-engines'),
    page: no('tried-not-an-archive', 'keka-engines'),
    'zip-aes': yes('ziparchive-macos', 'keka-engines', '7zip-home'),
    'zip-legacy': yes('keka-engines', '7zip-home'),
    'zip-plain': yes('keka-engines', '7zip-home'),
    '7z-sealed': yes('keka-names', 'keka-archive-utility'),
    '7z-plain': yes('keka-engines', '7zip-format'),
  },
  winzip: {
    age: no('winzip-aes'),
    page: no('winzip-aes'),
    'zip-aes': yes('winzip-aes'),
    'zip-legacy': yes('winzip-aes'),
    'zip-plain': yes('winzip-aes'),
    '7z-sealed': unsure('assumed-winzip-7z'),
    '7z-plain': unsure('assumed-winzip-7z'),
  },
  'the-unarchiver': {
    age: no('xadmaster'),
    page: no('xadmaster'),
    // People report that it does; its engine on Debian did not.
    'zip-aes': unsure('ziparchive-macos', 'tried-unar'),
    'zip-legacy': yes('xadmaster', 'ziparchive-legacy'),
    'zip-plain': yes('xadmaster'),
    '7z-sealed': unsure('assumed-unarchiver-7z'),
    '7z-plain': yes('xadmaster'),
  },
  'windows-explorer': {
    age: no('windows-11-archives'),
    page: no('assumed-system-page'),
    'zip-aes': no('windows-zip-folders'),
    'zip-legacy': yes('ziparchive-legacy'),
    'zip-plain': yes('windows-zip-folders'),
    '7z-sealed': no('windows-11-archives'),
    // Only Windows 11 since October 2023.
    '7z-plain': unsure('windows-11-archives'),
  },
  'macos-archive-utility': {
    age: no('keka-archive-utility'),
    page: no('assumed-system-page'),
    'zip-aes': no('ziparchive-macos', 'keka-archive-utility'),
    'zip-legacy': yes('ziparchive-legacy', 'ziparchive-macos'),
    'zip-plain': yes('ziparchive-macos'),
    '7z-sealed': no('keka-archive-utility'),
    '7z-plain': unsure('keka-archive-utility'),
  },
  libarchive: {
    age: no('tried-not-an-archive'),
    page: no('tried-not-an-archive'),
    'zip-aes': yes('tried-bsdtar-zip'),
    'zip-legacy': yes('libarchive-7z'),
    'zip-plain': yes('libarchive-7z'),
    '7z-sealed': no('libarchive-7z', 'tried-bsdtar-7z'),
    '7z-plain': yes('libarchive-7z'),
  },
  browser: {
    age: no('html-downloads'),
    page: yes('tried-page'),
    'zip-aes': no('html-downloads'),
    'zip-legacy': no('html-downloads'),
    'zip-plain': no('html-downloads'),
    '7z-sealed': no('html-downloads'),
    '7z-plain': no('html-downloads'),
  },
};

/** What comes with a system, and so is there without anybody having chosen it. */
export const SYSTEM_TOOLS: readonly ToolId[] = ['windows-explorer', 'macos-archive-utility'];

/** The programs to name to somebody who has none: one for each system, free or to be tried freely. */
export const TOOLS_TO_GET: readonly ToolId[] = ['7zip', 'keka', 'winzip', 'signet', 'age'];

/** Of which programs each recipient has one, beside a browser, which everybody has. */
export const RECIPIENT_TOOLS: Readonly<Record<RecipientHas, readonly ToolId[]>> = {
  signet: ['signet', 'age'],
  archiver: ['7zip', 'keka', 'winzip'],
  browser: [],
  // What most people have or can get; those who have Signet or age usually say so.
  unknown: [
    '7zip',
    'keka',
    'winzip',
    'the-unarchiver',
    'libarchive',
    'windows-explorer',
    'macos-archive-utility',
  ],
};

function yes(...sources: SourceId[]): ToolRow {
  return { opens: 'yes', sources };
}

function no(...sources: SourceId[]): ToolRow {
  return { opens: 'no', sources };
}

function unsure(...sources: SourceId[]): ToolRow {
  return { opens: 'unsure', sources };
}
