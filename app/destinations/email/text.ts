import type { FormatId } from '../../contract/formats.ts';
import { AppError } from '../../contract/errors.ts';

/** The languages that messages are written in. */
export type EmailLanguage = 'en' | 'de';

/** What a message has to explain. */
export interface TextRequest {
  readonly language: EmailLanguage;
  readonly format: FormatId;
  /** What the recipient needs: a passphrase that comes another way, or the key that they have. */
  readonly lockedWith: 'passphrase' | 'keys';
  /** The bundle's file name. */
  readonly bundle: string;
  /** Which volume this is. */
  readonly part?: EmailPart | undefined;
  /** In the sender's own words, put above. */
  readonly greeting?: string | undefined;
  /** Instead of the usual one. */
  readonly subject?: string | undefined;
}

/** One volume among all. */
export interface EmailPart {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** The file name of the first volume. */
  readonly first: string;
}

/** What a message says. */
export interface EmailText {
  /** One line. */
  readonly subject: string;
  /** Paragraphs, an empty line between them, each line ended by CRLF. */
  readonly text: string;
}

/** The longest note above a message, in bytes of UTF-8. */
export const MAX_GREETING_BYTES = 4096;
const MAX_SUBJECT_CHARACTERS = 200;

interface Words {
  readonly subject: string;
  readonly part: (part: EmailPart) => string;
  readonly whole: (bundle: string) => string;
  readonly volume: (bundle: string, part: EmailPart) => string;
  readonly join: (bundle: string, part: EmailPart) => string;
  readonly rejoin: (bundle: string, part: EmailPart) => string;
  readonly open: Readonly<Record<FormatId, string>>;
  readonly passphrase: string;
  readonly key: string;
}

const WORDS: Readonly<Record<EmailLanguage, Words>> = {
  en: {
    subject: 'Encrypted documents for you',
    part: ({ number, of }) => `part ${String(number)} of ${String(of)}`,
    whole: (bundle) => `Attached is an encrypted bundle of documents, made with Signet: ${bundle}`,
    volume: (bundle, { number, of }) =>
      `Attached is part ${String(number)} of ${String(of)} of an encrypted bundle of documents, made with Signet: ${bundle}. Each part comes in a message of its own.`,
    join: (_bundle, { of, first }) =>
      `Please save all ${String(of)} parts into one folder. Then open only the first, ${first}: the program finds the others by itself.`,
    rejoin: (bundle, { of, first }) =>
      `Please save all ${String(of)} parts into one folder. Then open only the first, ${first}: Signet finds the others by itself, and 7-Zip puts them together into one file, ${bundle}.`,
    open: {
      age: 'To open it, use Signet. Without Signet, the free program age (age-encryption.org) decrypts it into an ordinary tar archive: age --decrypt --output documents.tar, followed by the name of the bundle.',
      zip: 'To open it, use 7-Zip on Windows, Keka on a Mac, WinZip, or Signet. What Windows and macOS have built in cannot open this kind of ZIP file.',
      '7z': 'To open it, use 7-Zip on Windows, Keka on a Mac, or Signet.',
      html: 'To open it, save the page to your computer first. Then open the saved page in Chrome, Edge, Firefox or Safari and enter the passphrase there. The page works without a network and sends nothing anywhere. Signet opens it, too.',
    },
    passphrase:
      'The passphrase is not in this message. I will tell you by phone or text message. Please never send it by email, not even in a reply.',
    key: 'It is locked to your key. There is no passphrase.',
  },
  de: {
    subject: 'Verschlüsselte Dokumente für Sie',
    part: ({ number, of }) => `Teil ${String(number)} von ${String(of)}`,
    whole: (bundle) =>
      `Im Anhang finden Sie ein verschlüsseltes Bündel mit Dokumenten, erstellt mit Signet: ${bundle}`,
    volume: (bundle, { number, of }) =>
      `Im Anhang finden Sie Teil ${String(number)} von ${String(of)} eines verschlüsselten Bündels mit Dokumenten, erstellt mit Signet: ${bundle}. Jeder Teil kommt in einer eigenen Nachricht.`,
    join: (_bundle, { of, first }) =>
      `Bitte speichern Sie alle ${String(of)} Teile in einem Ordner. Öffnen Sie dann nur den ersten, ${first}: Das Programm findet die anderen selbst.`,
    rejoin: (bundle, { of, first }) =>
      `Bitte speichern Sie alle ${String(of)} Teile in einem Ordner. Öffnen Sie dann nur den ersten, ${first}: Signet findet die anderen selbst, und 7-Zip fügt sie zu einer Datei zusammen, ${bundle}.`,
    open: {
      age: 'Öffnen Sie es mit Signet. Ohne Signet entschlüsselt es das freie Programm age (age-encryption.org) zu einem gewöhnlichen tar-Archiv: age --decrypt --output documents.tar, gefolgt vom Namen des Bündels.',
      zip: 'Öffnen Sie es mit 7-Zip unter Windows, Keka auf dem Mac, WinZip oder Signet. Die Bordmittel von Windows und macOS können diese Art von ZIP-Datei nicht öffnen.',
      '7z': 'Öffnen Sie es mit 7-Zip unter Windows, Keka auf dem Mac oder Signet.',
      html: 'Speichern Sie die Seite zuerst auf Ihrem Computer. Öffnen Sie dann die gespeicherte Seite in Chrome, Edge, Firefox oder Safari und geben Sie dort die Passphrase ein. Die Seite braucht kein Netz und sendet nichts. Auch Signet öffnet sie.',
    },
    passphrase:
      'Die Passphrase steht nicht in dieser Nachricht. Sie bekommen sie von mir am Telefon oder per SMS. Bitte senden Sie sie nie per E-Mail, auch nicht in einer Antwort.',
    key: 'Es ist für Ihren Schlüssel verschlossen. Eine Passphrase gibt es nicht.',
  },
};

/**
 * Writes the text of a message: what is attached, how to open it, and where the passphrase comes from. Names no document.
 *
 * @param request - what there is to explain
 * @throws `note-too-long` for the greeting
 */
export function writeText(request: TextRequest): EmailText {
  const { bundle, format, part } = request;
  const words = WORDS[request.language];
  const subject = oneLine(request.subject ?? '') || words.subject;
  // 7-Zip opens what is split of its own kinds as one; of the others it gives back the file.
  const own = format === 'zip' || format === '7z';
  const join = own ? words.join : words.rejoin;
  const paragraphs = [
    ...greeting(request.greeting ?? ''),
    part === undefined ? words.whole(bundle) : words.volume(bundle, part),
    ...(part === undefined ? [] : [join(bundle, part)]),
    words.open[format],
    request.lockedWith === 'keys' ? words.key : words.passphrase,
  ];
  return {
    subject: part === undefined ? subject : `${subject} (${words.part(part)})`,
    text: `${paragraphs.join('\r\n\r\n')}\r\n`,
  };
}

/** The sender's own lines, without what would upset a mail program. */
function greeting(note: string): string[] {
  const bytes = Buffer.byteLength(note);
  if (bytes > MAX_GREETING_BYTES)
    throw new AppError('note-too-long', { bytes, limit: MAX_GREETING_BYTES });
  const lines = note
    .toWellFormed()
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map((line) =>
      line
        .replace(/\t/g, ' ')
        .replace(/\p{Cc}/gu, '')
        .trimEnd(),
    );
  const text = lines.join('\r\n').trim();
  return text === '' ? [] : [text];
}

function oneLine(subject: string): string {
  const line = subject.toWellFormed().replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ');
  return line
    .trim()
    .slice(0, MAX_SUBJECT_CHARACTERS)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim();
}
