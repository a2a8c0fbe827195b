import type { openingErrors as english } from '../../en/errors/opening.ts';
import type { Words } from '../../catalogue.ts';
import { NOTHING_SAVED } from './said.ts';

/** What can go wrong with a bundle that somebody received. */
export const openingErrors: Words<typeof english> = {
  'bundle-missing': {
    title: '„{{path}}“ ist nicht mehr da',
    meaning: 'Es wurde nichts geöffnet.',
    next: 'Das Bündel wurde verschoben, umbenannt oder gelöscht. Wählen Sie es neu aus.',
  },
  'bundle-unreadable': {
    title: '„{{path}}“ kann nicht gelesen werden',
    meaning: 'Es wurde nichts geöffnet.',
    next: 'Prüfen Sie, ob der Datenträger noch angeschlossen ist, oder kopieren Sie das Bündel zuerst auf diesen Computer.',
  },
  'not-a-bundle': {
    empty: {
      title: '„{{path}}“ ist leer',
      meaning: 'Es wurde nichts geöffnet. Wahrscheinlich ist das Bündel nicht ganz angekommen.',
      next: 'Holen Sie es noch einmal ab, oder bitten Sie den Absender, es noch einmal zu senden.',
    },
    folder: {
      title: '„{{path}}“ ist ein Ordner',
      meaning: 'Es wurde nichts geöffnet.',
      next: 'Wählen Sie das Bündel selbst. Sein Name endet meist auf .age, .zip, .7z oder .html.',
    },
    other: {
      title: '„{{path}}“ ist kein Bündel, das Signet öffnen kann',
      meaning:
        'Es wurde nichts geöffnet. Signet öffnet age-Dateien, ZIP- und 7z-Archive und selbstöffnende Seiten, gleich wie sie heißen.',
      next: 'Vergewissern Sie sich, dass dies die Datei ist, die Sie bekommen haben, und dass sie ganz angekommen ist.',
    },
  },
  'bundle-damaged': {
    malformed: {
      title: 'Das Bündel ist beschädigt',
      meaning: `${NOTHING_SAVED} {{part}} ist nicht zu entziffern.`,
      next: 'Holen Sie es noch einmal ab. Bleibt es dabei, bitten Sie den Absender um ein neues.',
    },
    truncated: {
      title: 'Das Ende des Bündels fehlt',
      meaning: `${NOTHING_SAVED} {{part}} hört zu früh auf.`,
      next: 'Holen Sie es noch einmal ab und lassen Sie die Übertragung zu Ende laufen. Bleibt es dabei, bitten Sie den Absender um ein neues.',
    },
    'trailing-data': {
      title: 'Dem Bündel wurde etwas angehängt',
      meaning: `${NOTHING_SAVED} {{part}} geht nach dem Ende weiter.`,
      next: 'Holen Sie es noch einmal ab. Bleibt es dabei, bitten Sie den Absender um ein neues, auf einem anderen Weg.',
    },
    'not-authentic': {
      title: 'Das Bündel wurde unterwegs verändert oder gekürzt',
      meaning: `${NOTHING_SAVED} {{part}} ist nicht das, was der Absender versiegelt hat.`,
      next: 'Holen Sie es noch einmal ab. Bleibt es dabei, sagen Sie es dem Absender und bitten Sie um ein neues, auf einem anderen Weg.',
    },
    mismatch: {
      title: 'Die Dokumente stimmen nicht mit den Prüfsummen des Absenders überein',
      meaning: `${NOTHING_SAVED} {{part}} sagt, dass sie beim Versiegeln anders waren.`,
      next: 'Sagen Sie es dem Absender und bitten Sie um ein neues Bündel.',
    },
    'mismatch-named': {
      title: '„{{name}}“ stimmt nicht mit der Prüfsumme des Absenders überein',
      meaning: `${NOTHING_SAVED} {{part}} sagt, dass das Dokument beim Versiegeln anders war.`,
      next: 'Sagen Sie es dem Absender und bitten Sie um ein neues Bündel.',
    },
  },
  'not-enough-memory': {
    title: 'Der Arbeitsspeicher reicht nicht, um die Passphrase zu prüfen',
    meaning:
      'Dazu braucht es {{bytes}}. Es wurde nichts geöffnet; weder an der Passphrase noch am Bündel liegt es.',
    next: 'Schließen Sie andere Programme, oder nehmen Sie einen Computer mit mehr Arbeitsspeicher.',
  },
  'work-factor-too-high': {
    title: 'Dieses Bündel verlangt mehr Rechenarbeit, als Signet zulässt',
    meaning: `${NOTHING_SAVED} Eine einzige Passphrase zu prüfen, würde {{memory}} Arbeitsspeicher brauchen (Arbeitsfaktor von scrypt: {{logN}}, erlaubt: {{limit}}).`,
    next: 'Bitten Sie den Absender, die Dokumente noch einmal zu versiegeln, mit Signet oder mit den üblichen Einstellungen von age.',
  },
  'unsafe-entry': {
    title:
      'Das Bündel enthält etwas, das sich nicht gefahrlos speichern lässt: „{{name}}“ {{problem}}',
    meaning: NOTHING_SAVED,
    next: 'Fragen Sie den Absender, was das ist. Signet macht solche Bündel nie.',
  },
  'duplicate-entry': {
    title: 'Das Bündel enthält „{{name}}“ und „{{other}}“, die denselben Namen bekämen',
    meaning: `${NOTHING_SAVED} Eines hätte den Platz des anderen eingenommen.`,
    next: 'Bitten Sie den Absender, eines umzubenennen und neu zu versiegeln.',
  },
  'too-many-entries': {
    title: 'Das Bündel enthält mehr als {{limit}} Dateien und Ordner',
    meaning: NOTHING_SAVED,
    next: 'Bitten Sie den Absender, sie auf mehrere Bündel zu verteilen.',
  },
  'format-unsupported': {
    compression: {
      title: '{{format}} ist auf eine Art komprimiert, die Signet nicht lesen kann',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Öffnen Sie es mit dem Programm, das es gemacht hat, zum Beispiel 7-Zip oder Keka, oder bitten Sie den Absender, die Dokumente neu zu versiegeln.',
    },
    encryption: {
      title: '{{format}} ist auf eine Art verschlüsselt, die Signet nicht lesen kann',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Öffnen Sie es mit dem Programm, das es gemacht hat, zum Beispiel 7-Zip oder Keka, oder bitten Sie den Absender, die Dokumente neu zu versiegeln.',
    },
    split: {
      title: '{{format}} ist auf eine Art geteilt, die Signet nicht zusammensetzen kann',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Öffnen Sie es mit dem Programm, das es gemacht hat, zum Beispiel 7-Zip oder Keka, oder bitten Sie den Absender um eines, das nicht geteilt ist.',
    },
    'too-old': {
      title: '{{format}} ist von einer alten Art, die Signet nicht lesen kann',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Öffnen Sie es mit dem Programm, das es gemacht hat, oder bitten Sie den Absender, die Dokumente neu zu versiegeln.',
    },
    link: {
      title: '{{format}} enthält einen Verweis, und Signet speichert nur Dateien und Ordner',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Bitten Sie den Absender um die Dokumente selbst statt um Verweise darauf.',
    },
    format: {
      title: '{{format}} ist von einer Art, die Signet nicht kennt',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Öffnen Sie es mit dem Programm, das es gemacht hat, oder bitten Sie den Absender, die Dokumente neu zu versiegeln.',
    },
    'solid-too-large': {
      title: '{{format}} packt seine Dokumente in einen Block, der für Signet zu groß ist',
      meaning: `${NOTHING_SAVED} Es muss deshalb nicht beschädigt sein.`,
      next: 'Öffnen Sie es mit dem Programm, das es gemacht hat, zum Beispiel 7-Zip oder Keka, oder bitten Sie den Absender, weniger Dokumente auf einmal zu versiegeln.',
    },
  },
  'expands-too-much': {
    total: {
      title: 'Aus diesem Bündel käme mehr als {{size}} heraus',
      meaning: `${NOTHING_SAVED} Manche Bündel werden so gemacht, damit sie einen Datenträger füllen.`,
      next: 'Wenn Sie dem Absender vertrauen, wählen Sie „Trotzdem öffnen“.',
    },
    ratio: {
      title: 'Was aus diesem Bündel herauskäme, wäre mehr als {{times}}-mal so groß wie es selbst',
      meaning: `${NOTHING_SAVED} Manche Bündel werden so gemacht, damit sie einen Datenträger füllen.`,
      next: 'Wenn Sie dem Absender vertrauen, wählen Sie „Trotzdem öffnen“.',
    },
  },
  'volume-missing': {
    title: 'Ein Teil dieses Bündels fehlt: „{{name}}“',
    meaning: `${NOTHING_SAVED} Ein Bündel in Teilen geht nur auf, wenn alle in einem Ordner liegen oder, in einem Browser, zusammen ausgewählt werden.`,
    next: 'Legen Sie den fehlenden Teil neben die anderen. Wenn Sie ihn nicht haben, bitten Sie den Absender darum.',
  },
  'volume-wrong': {
    one: {
      title: '„{{name}}“ ist nicht der Teil dieses Bündels, der dorthin gehört',
      meaning: `${NOTHING_SAVED} Dieser Teil ist beschädigt, unvollständig oder aus einem anderen Bündel.`,
      next: 'Holen Sie diesen Teil noch einmal ab. Bleibt es dabei, bitten Sie den Absender darum.',
    },
    several: {
      title: 'Einer der Teile „{{name}}“ bis „{{last}}“ ist nicht der, der dorthin gehört',
      meaning: `${NOTHING_SAVED} Dieser Teil ist beschädigt, unvollständig oder aus einem anderen Bündel.`,
      next: 'Holen Sie sie noch einmal ab. Bleibt es dabei, bitten Sie den Absender darum.',
    },
  },
  'wrong-passphrase': {
    title: 'Das ist nicht die Passphrase des Bündels',
    meaning:
      'Es wurde nichts geöffnet. Das Bündel ist unverändert, und Sie können es beliebig oft versuchen.',
    next: 'Vergleichen Sie sie Wort für Wort mit dem Absender. Bei Wörtern von Signet sind Großschreibung, Leerzeichen und Bindestriche gleichgültig.',
  },
  'no-matching-key': {
    title: 'Keiner Ihrer Schlüssel öffnet dieses Bündel',
    meaning: 'Es wurde nichts geöffnet. Das Bündel ist unverändert.',
    next: 'Wählen Sie eine andere Schlüsseldatei, oder fragen Sie den Absender, für welchen Schlüssel es versiegelt wurde.',
  },
  'passphrase-needed': {
    title: 'Dieses Bündel öffnet eine Passphrase, kein Schlüssel',
    meaning: 'Es wurde nichts geöffnet. Das Bündel ist unverändert.',
    next: 'Fragen Sie den Absender nach der Passphrase und geben Sie sie hier ein.',
  },
  'key-needed': {
    title: 'Dieses Bündel öffnet ein Schlüssel, keine Passphrase',
    meaning: 'Es wurde nichts geöffnet. Das Bündel ist unverändert.',
    next: 'Wählen Sie die Datei, die Ihren Schlüssel enthält.',
  },
  'identity-invalid': {
    title: '„{{path}}“ enthält keinen Schlüssel',
    meaning: 'Daraus wurde kein Schlüssel gelesen, und nichts wurde geöffnet.',
    next: 'Eine Schlüsseldatei hat eine Zeile, die mit AGE-SECRET-KEY- beginnt. Ist die Datei selbst verschlüsselt, muss sie zuerst mit age entschlüsselt werden.',
  },
};
