import type { documentErrors as english } from '../../en/errors/documents.ts';
import type { Words } from '../../catalogue.ts';
import { NOTHING_SEALED } from './said.ts';

/** What can be wrong with documents, with the lock that is put on them, and with where they are written to. */
export const documentErrors: Words<typeof english> = {
  'no-documents': {
    title: 'Es gibt nichts zu versiegeln',
    meaning: NOTHING_SEALED,
    next: 'Fügen Sie mindestens eine Datei hinzu oder einen Ordner, der nicht leer ist.',
  },
  'document-missing': {
    title: '„{{name}}“ ist nicht mehr da',
    meaning: NOTHING_SEALED,
    next: 'Die Datei wurde verschoben, umbenannt oder gelöscht, nachdem Sie sie hinzugefügt haben. Entfernen Sie sie aus der Liste und fügen Sie sie neu hinzu.',
  },
  'document-unreadable': {
    title: '„{{name}}“ kann nicht gelesen werden',
    meaning: NOTHING_SEALED,
    next: 'Prüfen Sie, ob Sie die Datei selbst öffnen können und ob ihr Datenträger noch angeschlossen ist. Oder entfernen Sie sie aus der Liste.',
  },
  'document-changed': {
    title: '„{{name}}“ hat sich beim Versiegeln verändert',
    meaning: `${NOTHING_SEALED} Mit einer Mischung aus zwei Fassungen wäre niemandem gedient gewesen.`,
    next: 'Schließen Sie das Programm, das in die Datei schreibt, und versiegeln Sie dann noch einmal.',
  },
  'document-special': {
    title: '„{{name}}“ {{kind}}',
    meaning: `${NOTHING_SEALED} Signet packt nur Dateien und Ordner ein.`,
    next: 'Fügen Sie stattdessen die Datei selbst hinzu, oder entfernen Sie diesen Eintrag aus der Liste.',
  },
  'document-name': {
    title: '„{{name}}“ {{problem}}',
    meaning: `${NOTHING_SEALED} Der Empfänger hätte das Dokument unter diesem Namen nicht speichern können.`,
    next: 'Ändern Sie den Namen in der Liste. Die Datei auf Ihrem Datenträger behält ihren.',
  },
  'document-duplicate': {
    title: '„{{name}}“ und „{{other}}“ hätten denselben Namen',
    meaning: `${NOTHING_SEALED} Windows und macOS unterscheiden diese beiden Namen nicht.`,
    next: 'Ändern Sie einen der Namen in der Liste, oder entfernen Sie eines der beiden Dokumente.',
  },
  'too-many-documents': {
    title: 'Es sind mehr als {{limit}} Dokumente',
    meaning: `${NOTHING_SEALED} Der Empfänger hätte so viele auf einmal nicht öffnen können.`,
    next: 'Versiegeln Sie sie in mehreren Bündeln.',
  },
  'documents-blocked': {
    title_one: '{{count}} Dokument braucht zuerst Ihre Aufmerksamkeit',
    title_other: '{{count}} Dokumente brauchen zuerst Ihre Aufmerksamkeit',
    meaning: NOTHING_SEALED,
    next: 'Benennen Sie um oder entfernen Sie, was in der Liste gekennzeichnet ist.',
  },
  'draft-busy': {
    title: 'Diese Dokumente werden gerade versiegelt',
    meaning: 'Sie bleiben, wie sie sind, bis das abgeschlossen ist.',
    next: 'Warten Sie das Ende ab, oder wählen Sie zuerst „Abbrechen“.',
  },
  'note-too-long': {
    title: 'Die Notiz ist zu lang: {{bytes}} von höchstens {{limit}}',
    meaning: NOTHING_SEALED,
    next: 'Kürzen Sie sie, oder fügen Sie sie als Dokument hinzu.',
  },
  'bundle-name': {
    title: '„{{name}}“ kann kein Bündel heißen: Der Name {{problem}}',
    meaning: NOTHING_SEALED,
    next: 'Wählen Sie einen anderen Namen.',
  },

  'passphrase-weak': {
    empty: {
      title: 'Es gibt noch keine Passphrase',
      meaning: NOTHING_SEALED,
      next: 'Geben Sie eine ein, oder wählen Sie „Zufällige Wörter“ und lassen Sie Signet eine machen.',
    },
    'too-long': {
      title: 'Die Passphrase ist länger als 256 Zeichen',
      meaning: `${NOTHING_SEALED} Eine so lange könnte niemand fehlerfrei vorlesen.`,
      next: 'Nehmen Sie eine kürzere, oder wählen Sie „Zufällige Wörter“ und lassen Sie Signet eine machen.',
    },
    untypeable: {
      title: 'In der Passphrase ist ein Zeichen, das niemand eintippen kann',
      meaning: `${NOTHING_SEALED} Manche Programme würden an ihm aufhören zu lesen.`,
      next: 'Geben Sie sie neu ein, oder wählen Sie „Zufällige Wörter“ und lassen Sie Signet eine machen.',
    },
    guessable: {
      title: 'Diese Passphrase ist zu leicht zu erraten',
      meaning: `${NOTHING_SEALED} Sie ist etwa {{bits}} Bit wert, und für diese Art von Bündel sind {{floor}} das Mindeste. Wer ein Bündel in die Hände bekommt, kann beliebig lange weiterraten.`,
      next: 'Wählen Sie „Zufällige Wörter“ und lassen Sie Signet eine machen, oder nehmen Sie mehr Wörter, die nichts miteinander zu tun haben.',
    },
  },
  'passphrase-words': {
    title: 'Die Passphrase muss {{least}} bis {{most}} Wörter haben, nicht {{words}}',
    meaning: 'Die Passphrase ist geblieben, wie sie war.',
    next: 'Wählen Sie eine Zahl in diesem Bereich. Wie wenige genügen, hängt von der Art des Bündels ab.',
  },
  'passphrase-forgotten': {
    title: 'Signet kennt diese Passphrase nicht mehr',
    meaning:
      'Signet behält sie nur eine Zeit lang und nie auf einem Datenträger. Das Bündel ist davon nicht betroffen.',
    next: 'Wenn Sie sie nicht aufgeschrieben haben und der Empfänger sie nicht hat, versiegeln Sie die Dokumente noch einmal.',
  },
  'recipient-invalid': {
    missing: {
      title: 'Es wurde kein Schlüssel angegeben',
      meaning: `${NOTHING_SEALED} Niemand hätte das Bündel öffnen können.`,
      next: 'Fügen Sie den Schlüssel des Empfängers ein. Er beginnt mit age1.',
    },
    wrong: {
      title: '„{{recipient}}“ ist kein Schlüssel eines Empfängers',
      meaning: NOTHING_SEALED,
      next: 'Er muss mit age1 beginnen. Kopieren Sie ihn ganz: Schon ein einziges falsches Zeichen fällt auf.',
    },
  },
  'recipients-mixed': {
    title: 'Diese beiden Arten von Schlüsseln vertragen sich nicht',
    meaning: `${NOTHING_SEALED} Schlüssel der älteren Art würden den Schutz vor Quantencomputern aufheben, den die anderen geben.`,
    next: 'Verwenden Sie nur Schlüssel einer Art: Entweder beginnen alle mit age1pq1 oder keiner.',
  },
  'too-many-recipients': {
    title: 'Ein Bündel kann für höchstens {{limit}} Schlüssel versiegelt werden',
    meaning: NOTHING_SEALED,
    next: 'Entfernen Sie einige Schlüssel, oder versiegeln Sie die Dokumente zweimal.',
  },
  'format-needs-passphrase': {
    title: '{{format}} lässt sich nur mit einer Passphrase verschließen, nicht für Schlüssel',
    meaning: NOTHING_SEALED,
    next: 'Nehmen Sie eine Passphrase, oder machen Sie ein age-Bündel: Nur das lässt sich für Schlüssel verschließen.',
  },

  'page-too-large': {
    title:
      'Die Dokumente sind zu groß für eine selbstöffnende Seite: {{bytes}} von höchstens {{limit}}',
    meaning: `${NOTHING_SEALED} Dem Browser des Empfängers hätte der Arbeitsspeicher ausgehen können.`,
    next: 'Wählen Sie eine andere Art von Bündel, oder versiegeln Sie weniger Dokumente auf einmal.',
  },
  'page-template-missing': {
    title: 'Der Leser, der in eine selbstöffnende Seite gehört, fehlt',
    meaning: `${NOTHING_SEALED} Diese Kopie von Signet ist nicht vollständig.`,
    next: 'Installieren Sie Signet neu, oder wählen Sie eine andere Art von Bündel.',
  },
  'proof-failed': {
    whole: {
      title: 'Das fertige Bündel hat nicht zurückgegeben, was hineingelegt wurde',
      meaning:
        'Signet öffnet jedes Bündel zur Probe, bevor es als versiegelt gilt. Dieses wurde entfernt und nicht gesendet. Ihre Dokumente sind unverändert.',
      next: 'Versiegeln Sie noch einmal. Geschieht es wieder, ist vielleicht der Arbeitsspeicher oder ein Datenträger dieses Computers defekt: Nehmen Sie einen anderen.',
    },
    named: {
      title: 'Das fertige Bündel hat „{{name}}“ nicht so zurückgegeben, wie es hineingelegt wurde',
      meaning:
        'Signet öffnet jedes Bündel zur Probe, bevor es als versiegelt gilt. Dieses wurde entfernt und nicht gesendet. Ihre Dokumente sind unverändert.',
      next: 'Versiegeln Sie noch einmal. Geschieht es wieder, ist vielleicht der Arbeitsspeicher oder ein Datenträger dieses Computers defekt: Nehmen Sie einen anderen.',
    },
  },

  'output-exists': {
    title: '„{{path}}“ gibt es schon',
    meaning: 'Es wurde gelassen, wie es ist, und nichts Neues geschrieben.',
    next: 'Wählen Sie einen anderen Ordner oder einen anderen Namen.',
  },
  'output-unwritable': {
    title: '„{{path}}“ kann nicht geschrieben werden',
    meaning: 'Dort ist nichts Halbfertiges zurückgeblieben.',
    next: 'Wählen Sie einen Ordner, in dem Sie Dateien speichern können.',
  },
  'output-missing': {
    title: '„{{path}}“ ist nicht mehr da',
    meaning: 'Es wurde nichts geschrieben.',
    next: 'Wählen Sie einen anderen Ordner. Liegt er auf einem Wechseldatenträger, schließen Sie diesen zuerst an.',
  },
  'output-unsafe': {
    title: 'Bei „{{path}}“ ist etwas im Weg',
    meaning:
      'Es wurde nichts geschrieben. Ein Verweis oder eine Datei anstelle eines Ordners könnte aus dem gewählten Ordner hinausführen.',
    next: 'Wählen Sie einen leeren Ordner, oder räumen Sie beiseite, was dort liegt.',
  },
  'disk-full': {
    title: 'Für „{{path}}“ ist kein Platz mehr',
    meaning: 'Was bis dahin geschrieben war, wurde entfernt.',
    next: 'Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen Datenträger.',
  },
  'folder-unreadable': {
    title: 'Der Ordner „{{path}}“ kann nicht gelesen werden',
    meaning: 'Darin wurde nichts verändert.',
    next: 'Wählen Sie einen anderen Ordner, einen, den Sie selbst öffnen können.',
  },
};
