import type { AdviceSource } from '../contract/advice.ts';

type Published = Omit<Extract<AdviceSource, { kind: 'published' }>, 'id' | 'kind'>;
type Tried = Omit<Extract<AdviceSource, { kind: 'tried' }>, 'id' | 'kind'>;
type Assumed = Omit<Extract<AdviceSource, { kind: 'assumed' }>, 'id' | 'kind'>;

/** What makers document, and what people reported in public. */
const PUBLISHED = {
  'age-format': {
    title: 'The age file format (C2SP)',
    url: 'https://github.com/C2SP/C2SP/blob/main/age.md',
  },
  'age-tool': {
    title: 'age: the command line',
    url: 'https://github.com/FiloSottile/age',
  },
  '7zip-home': {
    title: '7-Zip: strong AES-256 encryption in 7z and ZIP formats',
    url: 'https://www.7-zip.org/',
  },
  '7zip-format': {
    title: '7-Zip: the 7z format, with its archive headers encrypted',
    url: 'https://www.7-zip.org/7z.html',
  },
  'keka-names': {
    title: 'Keka: file names cannot be encrypted in ZIP; in 7z they are by default',
    url: 'https://github.com/aonez/Keka/issues/194',
  },
  'keka-engines': {
    title: 'Keka: 7-Zip is its main engine for many formats',
    url: 'https://deepwiki.com/aonez/Keka/4-core-functionality',
  },
  'keka-archive-utility': {
    title:
      'Keka: Archive Utility is not compatible with AES-256 and asks for the passphrase again and again',
    url: 'https://github.com/aonez/Keka/issues/1439',
  },
  'keka-volumes': {
    title: 'Keka and 7-Zip: volumes .zip.001, .zip.002 …',
    url: 'https://github.com/aonez/Keka/issues/1560',
  },
  'ziparchive-macos': {
    title:
      "ZipArchive: macOS' own tool does not support AES at all; The Unarchiver or Keka is needed",
    url: 'https://github.com/ZipArchive/ZipArchive/issues/518',
  },
  'ziparchive-legacy': {
    title: 'ZipArchive: without AES all tools unzip with a password',
    url: 'https://github.com/ZipArchive/ZipArchive/issues/517',
  },
  'winzip-aes': {
    title: 'WinZip: AES encryption specification AE-1 and AE-2 (PBKDF2 with 1,000 rounds)',
    url: 'https://www.winzip.com/win/en/aes_info.html',
  },
  'windows-zip-folders': {
    title: 'The Old New Thing: Windows Zip folders do not support AES encryption',
    url: 'https://devblogs.microsoft.com/oldnewthing/20180515-00/?p=98755',
  },
  'windows-11-archives': {
    title: 'Windows 11 (KB5031455) opens 7z and others, but none that a password protects',
    url: 'https://applicationreadiness.com/windows-11-support-for-compression-extensions-a-moral-imperative/',
  },
  xadmaster: {
    title: 'XADMaster, the engine of The Unarchiver: formats',
    url: 'https://github.com/MacPaw/XADMaster',
  },
  'libarchive-7z': {
    title: 'libarchive: encrypted 7z archives are not supported',
    url: 'https://github.com/libarchive/libarchive/issues/878',
  },
  'html-downloads': {
    title: 'HTML Standard: browsers download what they cannot show',
    url: 'https://html.spec.whatwg.org/multipage/links.html#downloading-resources',
  },
  'gmail-blocked': {
    title: 'Gmail: file types blocked, password-protected archives that hold an archive among them',
    url: 'https://support.google.com/mail/answer/6590',
  },
  'gmail-limit': {
    title: 'Gmail: attachments up to 25 MB',
    url: 'https://support.google.com/mail/answer/6584',
  },
  'gmail-limit-encoded': {
    title: 'Cornell University on Google Workspace: 25 MB for the whole message, after encoding',
    url: 'https://it.cornell.edu/gsuite-gsuite-student/google-workspace-sending-and-receiving-limits-and-restrictions',
  },
  'outlook-blocked': {
    title: 'Microsoft: blocked attachments in Outlook',
    url: 'https://support.microsoft.com/en-us/office/blocked-attachments-in-outlook-434752e1-02d3-4e90-9124-8b81e49a8519',
  },
  'microsoft-limits': {
    title: 'Microsoft Q&A: 20 MB for internet accounts, 10 MB by default with Exchange Server',
    url: 'https://learn.microsoft.com/en-us/answers/questions/5733658/outlook-max-mb-on-attachments',
  },
  'postfix-limit': {
    title: 'Postfix: message_size_limit, 10,240,000 bytes by default',
    url: 'https://www.oreilly.com/library/view/postfix-the-definitive/0596002122/re66.html',
  },
  'pages-held': {
    title:
      'fidelius: Microsoft held an encrypted page as “high confidence” phishing; Gmail let it pass',
    url: 'https://github.com/mattwarkentin/fidelius/issues/9',
  },
  'pages-filtered': {
    title: 'Microsoft community: administrators filter mail with .html attachments',
    url: 'https://techcommunity.microsoft.com/t5/microsoft-defender-for-office/how-to-classify-e-mails-with-html-or-htm-attachments-as-spam/m-p/3776426/highlight/true',
  },
  'encrypted-quarantine': {
    title: 'Forcepoint Email Security Cloud: archives with a password can be quarantined',
    url: 'https://help.forcepoint.com/fpone/cloud-web/onlinehelp/guid-0debea30-8544-4e21-b8f9-52bf30c0d941.html',
  },
  base64: {
    title: 'RFC 2045: base64 in lines of 76 characters',
    url: 'https://www.rfc-editor.org/rfc/rfc2045#section-6.8',
  },
} as const satisfies Readonly<Record<string, Published>>;

/** What was tried, and how to try it again. */
const TRIED = {
  'tried-age': {
    title: 'age opens what Signet seals, and the other way round',
    command: 'npx vitest run --project interop test/interop/age.test.ts',
  },
  'tried-7zz-zip': {
    title: '7-Zip 26.02 opens a ZIP with AES-256, whole and from its first volume',
    command: '7zz t -pPASSPHRASE bundle.zip; 7zz t -pPASSPHRASE bundle.zip.001',
  },
  'tried-7zz-7z': {
    title: '7-Zip 26.02 opens a 7z with its names sealed, whole and from its first volume',
    command: '7zz t -pPASSPHRASE bundle.7z; 7zz t -pPASSPHRASE bundle.7z.001',
  },
  'tried-bsdtar-zip': {
    title: 'bsdtar (libarchive 3.6.2) opens a ZIP with AES-256',
    command: 'bsdtar --passphrase PASSPHRASE -xf bundle.zip',
  },
  'tried-bsdtar-7z': {
    title: 'bsdtar (libarchive 3.6.2) says of a 7z with its names sealed: not supported',
    command: 'bsdtar --passphrase PASSPHRASE -xf bundle.7z',
  },
  'tried-unar': {
    title: "Debian's unar, The Unarchiver's engine, failed on an AES ZIP of 7-Zip's own",
    command: 'unar -p PASSPHRASE made-by-7zz.zip',
  },
  'tried-not-an-archive': {
    title: '7zz and bsdtar do not take an age file or a page for an archive',
    command:
      '7zz t bundle.tar.age; bsdtar -tf bundle.tar.age; 7zz t bundle.html; bsdtar -tf bundle.html',
  },
  'tried-age-other': {
    title: 'age refuses whatever does not begin as an age file',
    command: 'age -d bundle.zip',
  },
  'tried-page': {
    title: 'The page in Chromium, from file://: 200 MB take about 3 s and 600 MB of memory',
    command: 'npm run bench',
  },
  'tried-s3': {
    title: 'A bundle comes out of S3 as it went in',
    command: 'npx vitest run --project interop test/interop/s3',
  },
  'tried-folder': {
    title: 'A bundle in a folder is the file that was sealed',
    command: 'npx vitest run --project integration test/integration/cli/open.test.ts',
  },
  'tried-signet': {
    title: 'Signet opens each of its own formats, and those of 7-Zip and Keka',
    command: 'npx vitest run --project unit test/app/formats',
  },
} as const satisfies Readonly<Record<string, Tried>>;

/** What could neither be looked up nor tried. */
const ASSUMED = {
  'assumed-winzip-7z': {
    title: 'WinZip reads 7z; whether also with its names sealed, its maker does not say',
  },
  'assumed-unarchiver-7z': {
    title: 'The Unarchiver reads 7z; whether also encrypted, its maker does not say',
  },
  'assumed-system-page': {
    title: 'What comes with Windows and macOS hands a page to the browser and unpacks nothing',
  },
  'assumed-sealed-names': {
    title: 'What mail does with an archive that it cannot even list, nobody says',
  },
} as const satisfies Readonly<Record<string, Assumed>>;

/** Names one of the sources. */
export type SourceId = keyof typeof PUBLISHED | keyof typeof TRIED | keyof typeof ASSUMED;

/** Where each piece of the knowledge comes from, by id. */
export const SOURCES: ReadonlyMap<SourceId, AdviceSource> = new Map([
  ...entries(PUBLISHED, (id, source) => ({ kind: 'published', id, ...source })),
  ...entries(TRIED, (id, source) => ({ kind: 'tried', id, ...source })),
  ...entries(ASSUMED, (id, source) => ({ kind: 'assumed', id, ...source })),
]);

/**
 * The sources of some ids, each once, in the order of the ids.
 *
 * @param ids - any of them, perhaps repeated
 */
export function sourcesOf(ids: readonly SourceId[]): AdviceSource[] {
  return [...new Set(ids)].flatMap((id) => SOURCES.get(id) ?? []);
}

function entries<K extends SourceId, T>(
  table: Readonly<Record<K, T>>,
  make: (id: K, source: T) => AdviceSource,
): (readonly [SourceId, AdviceSource])[] {
  return (Object.entries(table) as [K, T][]).map(([id, source]) => [id, make(id, source)] as const);
}
