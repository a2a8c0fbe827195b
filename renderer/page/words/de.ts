import type { Words } from './words.ts';

const NOTHING_OPENED = 'Es wurde nichts geöffnet und nichts gespeichert.';
const AGAIN =
  'Holen Sie die Seite noch einmal. Bleibt es dabei, bitten Sie den Absender um eine neue.';

function documents(count: number, number: string): string {
  return count === 1 ? '1 Dokument' : `${number} Dokumente`;
}

export const de: Words = {
  title: 'Versiegelte Dokumente',
  loading: 'Die Seite lädt noch. Sie trägt die Dokumente in sich, das dauert einen Augenblick.',
  locked: {
    heading: 'Dokumente, für Sie versiegelt',
    meaning:
      'Die Dokumente liegen verschlüsselt in dieser Seite. Nur die Passphrase öffnet sie, hier in Ihrem Browser. Es wird nichts gesendet: Die Seite hat keinen Weg in irgendein Netz.',
    sealed: (size) => `${size}, mit einer Passphrase verschlossen`,
    label: 'Passphrase',
    hint: 'Großschreibung, Leerzeichen, Bindestriche und Zeilenumbrüche sind gleichgültig.',
    placeholder: 'Die Wörter, die der Absender Ihnen genannt hat',
    show: 'Passphrase anzeigen',
    hide: 'Passphrase verbergen',
    unlock: 'Dokumente öffnen',
    recognised: (count) => (count === 1 ? '1 Wort erkannt' : `${String(count)} Wörter erkannt`),
    unknown: (word) => `„${word}“ steht nicht auf der Wortliste.`,
    meant: 'War eines von diesen gemeint?',
    replace: (word, by) => `„${word}“ durch „${by}“ ersetzen`,
    own: 'Das sind nicht die Wörter, die Signet bildet. Das ist in Ordnung, wenn der Absender sich die Passphrase selbst ausgedacht hat.',
    wrong: 'Das ist nicht die Passphrase',
    wrongMeaning:
      'Die Dokumente sind unversehrt, und was Sie eingegeben haben, steht noch da. Vergleichen Sie es Wort für Wort mit dem, was Ihnen genannt wurde.',
    wrongNext:
      'Wenn alles stimmt, fragen Sie den Absender, ob die Passphrase zu dieser Seite gehört.',
  },
  caution: {
    title: 'Nur eingeben, wenn Sie diese Seite erwartet haben',
    meaning:
      'Eine Seite von Fremden kann genauso aussehen, lügen und behalten, was Sie eingeben. Haben Sie sie nicht erwartet, fragen Sie zuerst den Absender, am Telefon oder persönlich. Sicherer sind Signet und age: siehe unten.',
  },
  working: {
    derive: 'Aus der Passphrase wird ein Schlüssel',
    open: 'Wird geöffnet und geprüft',
    label: 'Fortschritt',
    cancel: 'Abbrechen',
  },
  opened: {
    verified: 'Geprüft: Unterwegs wurde nichts verändert',
    intact: 'Unversehrt: Unterwegs wurde nichts verändert',
    matched: 'Jedes Dokument ist genau das, was der Absender hineingelegt hat.',
    partial:
      'Die Prüfsummenliste des Absenders nennt nicht jedes Dokument. Die genannten sind genau das, was hineingelegt wurde.',
    absent:
      'Der Absender hat keine Prüfsummen festgehalten, daher ließen sich die Dokumente nicht einzeln vergleichen.',
    sealedBy: 'Es wurde von jemandem versiegelt, der die Passphrase kennt.',
    note: 'Notiz des Absenders',
    heading: 'Dokumente',
    total: (count, number, size) => `${documents(count, number)}, ${size}`,
    none: 'Es ist kein Dokument darin.',
    more: (number) => `und ${number} weitere, die „Alle speichern“ mit speichert`,
    verifiedOne: 'Geprüft',
    intactOne: 'Unversehrt',
    sum: 'SHA-256',
    save: 'Speichern',
    saveNamed: (name) => `${name} speichern`,
    saveOnly: 'Dokument speichern',
    saveAll: (count, number) => `Alle ${documents(count, number)} speichern`,
    zipHint: 'Alle zusammen kommen als eine einfache ZIP-Datei, die nicht mehr verschlüsselt ist.',
    packing: 'Die ZIP-Datei wird zusammengestellt',
    saved: (name) => `${name} wurde den Downloads des Browsers übergeben.`,
    close: 'Dokumente schließen',
  },
  about: {
    title: 'Sicherere Wege, und wie sich diese Seite prüfen lässt',
    signetTitle: 'Mit Signet',
    signet:
      'Öffnen Sie diese Datei in Signet, einem eigenen Programm, das kein Absender ändern kann. Es liest, was die Seite trägt, und führt nichts davon aus.',
    ageTitle: 'Mit age und einem Terminal',
    age: 'Versiegelt ist eine gewöhnliche age-Datei (age-encryption.org). Dies fragt nach der Passphrase und stellt die Dokumente wieder her, ohne irgendetwas von dieser Seite:',
    ageFile: 'Versiegelte age-Datei speichern',
    ageFileHint: 'wie sie ist, verschlüsselt',
    checkTitle: 'Den Leser prüfen',
    check:
      'Dies gibt eine Zahl aus, die dieselbe sein muss, die Signet unter Einstellungen, Info zeigt. Was die Seite von sich selbst sagt, beweist nichts: Eine Seite, die lügt, würde auch hier lügen.',
    made: (version) => `Diese Seite wurde von Signet ${version} gemacht.`,
    madeBy: 'Gemacht von',
    program: 'Programm des Lesers',
    format: 'Format',
    key: 'Schlüssel',
    keyTerms: (logN) => `scrypt, N = 2^${String(logN)}, r = 8, p = 1`,
    cipher: 'ChaCha20-Poly1305, in Stücken von 64 KiB',
    network: 'Netz',
    noNetwork: 'von der eigenen Richtlinie der Seite verboten (default-src none)',
    licences: 'Lizenzen der Bestandteile des Lesers',
  },
  problems: {
    pageTruncated: {
      title: 'Diese Seite ist nicht vollständig',
      meaning: `${NOTHING_OPENED} Ihr Ende fehlt: Sie kam nicht ganz an oder wurde nicht ganz gespeichert.`,
      next: AGAIN,
    },
    pageMalformed: {
      title: 'Diese Seite wurde verändert',
      meaning: `${NOTHING_OPENED} Sie trägt nicht das, was Signet in eine Seite legt.`,
      next: AGAIN,
    },
    malformed: {
      title: 'Was diese Seite trägt, ist beschädigt',
      meaning: `${NOTHING_OPENED} Es ergibt keinen Sinn.`,
      next: AGAIN,
    },
    notAuthentic: {
      title: 'Was diese Seite trägt, wurde unterwegs verändert oder gekürzt',
      meaning: `${NOTHING_OPENED} Es ist nicht das, was der Absender versiegelt hat.`,
      next: 'Holen Sie die Seite noch einmal. Bleibt es dabei, sagen Sie es dem Absender und bitten Sie um eine neue, auf einem anderen Weg.',
    },
    mismatch: (name) => ({
      title: `„${name}“ stimmt nicht mit der Prüfsumme des Absenders überein`,
      meaning: `${NOTHING_OPENED} Beim Versiegeln war es anders.`,
      next: 'Sagen Sie es dem Absender und bitten Sie um eine neue Seite.',
    }),
    unsafe: (name) => ({
      title: `Sie enthält etwas, das nicht sicher zu speichern ist: „${name}“`,
      meaning: `${NOTHING_OPENED} Signet macht solche Bündel nie.`,
      next: 'Fragen Sie den Absender, was es ist.',
    }),
    duplicate: (name, other) => ({
      title: `Zwei ihrer Dokumente fielen aufeinander: „${name}“ und „${other}“`,
      meaning: `${NOTHING_OPENED} Signet macht solche Bündel nie.`,
      next: 'Fragen Sie den Absender, was es ist.',
    }),
    tooMany: (limit) => ({
      title: `Sie enthält mehr als ${limit} Dokumente`,
      meaning: NOTHING_OPENED,
      next: 'Öffnen Sie diese Datei in Signet.',
    }),
    memory: (size) => ({
      title: 'Dieser Browser hat nicht genug Speicher dafür',
      meaning: `${NOTHING_OPENED} Es braucht ${size} auf einmal. Weder die Passphrase noch die Seite ist schuld.`,
      next: 'Schließen Sie andere Tabs und Programme, oder öffnen Sie diese Datei in Signet.',
    }),
    workFactor: (size) => ({
      title: 'Sie verlangt mehr Arbeit, als ein Browser leisten kann',
      meaning: `${NOTHING_OPENED} Eine Passphrase zu versuchen würde ${size} Speicher brauchen.`,
      next: 'Öffnen Sie diese Datei in Signet.',
    }),
    keyNeeded: {
      title: 'Sie wurde für einen Schlüssel statt mit einer Passphrase versiegelt',
      meaning: 'Eine Seite kann das nicht öffnen und sollte nie einen Schlüssel bekommen.',
      next: 'Öffnen Sie diese Datei in Signet, mit Ihrem Schlüssel.',
    },
    internal: {
      title: 'In dieser Seite ist etwas schiefgegangen',
      meaning: `${NOTHING_OPENED} Die Dokumente darin sind unversehrt.`,
      next: 'Laden Sie die Seite neu, notfalls in einem anderen Browser, oder öffnen Sie diese Datei in Signet.',
    },
    code: (code) => `Code: ${code}`,
  },
};
