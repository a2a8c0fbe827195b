import type { Catalogue } from '../catalogue.ts';
import { documentErrors } from './errors/documents.ts';
import { emailErrors } from './errors/email.ts';
import { openingErrors } from './errors/opening.ts';
import { programErrors } from './errors/program.ts';
import { s3Errors } from './errors/s3.ts';

/** Words for what went wrong, in German. */
export const errors: Catalogue['errors'] = {
  codes: { ...documentErrors, ...openingErrors, ...s3Errors, ...emailErrors, ...programErrors },

  nameProblems: {
    empty: 'ist leer oder enthält einen leeren Ordnernamen',
    absolute: 'enthält einen Schrägstrich, wo keiner sein darf',
    'drive-letter': 'beginnt mit einem Laufwerksbuchstaben',
    'dot-segment': 'enthält „.“ oder „..“ als Ordner',
    backslash: 'enthält einen Backslash, der unter Windows Ordner trennt',
    colon: 'enthält einen Doppelpunkt, was unter Windows nicht möglich ist',
    'windows-character':
      'enthält eines der Zeichen < > " | ? *, was unter Windows nicht möglich ist',
    'control-character': 'enthält unsichtbare Zeichen',
    'not-unicode': 'ist kein gültiges Unicode',
    'reserved-on-windows': 'ist ein Name, den Windows für sich behält',
    'trailing-dot-or-space': 'endet mit einem Punkt oder Leerzeichen, was Windows weglässt',
    'too-long': 'ist länger, als Dateisysteme erlauben (255 Bytes je Name, zusammen 1.024)',
    'reserved-by-signet': 'ist ein Name, den Signet im Bündel selbst verwendet',
  },

  ended: { cancelled: 'wurde angehalten', failed: 'ist gescheitert' },

  specialKinds: {
    'symbolic-link': 'ist ein Verweis auf etwas anderes',
    'hard-link': 'ist ein fester Verweis auf etwas anderes',
    device: 'ist ein Gerät',
    pipe: 'ist eine Pipe',
    socket: 'ist ein Socket',
    other: 'ist weder eine Datei noch ein Ordner',
  },

  anyFormat: {
    age: 'Ein age-Bündel',
    zip: 'Ein ZIP-Archiv',
    '7z': 'Ein 7z-Archiv',
    html: 'Eine selbstöffnende Seite',
  },

  thisFormat: {
    age: 'Dieses age-Bündel',
    zip: 'Dieses ZIP-Archiv',
    '7z': 'Dieses 7z-Archiv',
    html: 'Diese selbstöffnende Seite',
  },

  parts: {
    header: 'Sein Kopf',
    payload: 'Sein Inhalt',
    armor: 'Seine Textverpackung',
    page: 'Die umgebende Seite',
    archive: 'Das Archiv darin',
    checksums: 'Seine Prüfsummenliste',
  },

  references: {
    file: 'Diese Datei',
    document: 'Dieses Dokument',
    job: 'Diese Aufgabe',
    receipt: 'Dieser Beleg',
    bundle: 'Dieses Bündel',
    entry: 'Dieses Bündel',
    connection: 'Diese Verbindung',
    account: 'Dieses E-Mail-Konto',
    message: 'Diese Nachricht',
  },

  s3: 'S3',
};
