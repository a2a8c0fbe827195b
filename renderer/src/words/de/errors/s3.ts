import type { s3Errors as english } from '../../en/errors/s3.ts';
import type { Words } from '../../catalogue.ts';
import { NOTHING_MOVED } from './said.ts';

/** What can go wrong between here and S3. */
export const s3Errors: Words<typeof english> = {
  's3-denied': {
    title: 'Im Bucket „{{bucket}}“ dürfen Sie das nicht',
    meaning: `${NOTHING_MOVED} Es fehlt das Recht {{right}}.`,
    next: 'Bitten Sie den Betreiber des Buckets um {{right}} für Ihr eigenes Präfix. Prüfen Sie auch das Präfix unter Einstellungen → Verbindungen.',
  },
  's3-no-credentials': {
    title: 'Für diese Verbindung gibt es keine Zugangsdaten',
    meaning: NOTHING_MOVED,
    next: 'Geben Sie unter Einstellungen → Verbindungen einen Zugriffsschlüssel ein. Benutzt sie ein Profil, melden Sie sich zuerst dort an.',
  },
  's3-bad-credentials': {
    title: 'S3 hat die Zugangsdaten nicht angenommen',
    meaning: NOTHING_MOVED,
    next: 'Sie sind falsch, abgelaufen oder gehören zu einem anderen Dienst. Prüfen Sie den Zugriffsschlüssel unter Einstellungen → Verbindungen. Benutzt die Verbindung ein Profil, melden Sie sich dort neu an.',
  },
  's3-no-bucket': {
    title: 'Es gibt keinen Bucket „{{bucket}}“',
    meaning: NOTHING_MOVED,
    next: 'Prüfen Sie Bucket und Endpunkt unter Einstellungen → Verbindungen.',
  },
  's3-no-object': {
    title: 'Unter {{location}} liegt nichts mehr',
    meaning:
      'Es wurde nichts abgeholt oder gelöscht. Vielleicht hat jemand anderes das Bündel entfernt.',
    next: 'Aktualisieren Sie den Eingang, um zu sehen, was da ist.',
  },
  'fetch-name': {
    title: '„{{name}}“ kann keine Datei heißen: Der Name {{problem}}',
    meaning: NOTHING_MOVED,
    next: 'Bitten Sie den Absender, es unter einem anderen Namen noch einmal zu senden.',
  },
  's3-wrong-region': {
    known: {
      title: 'Der Bucket liegt in der Region {{region}}',
      meaning: NOTHING_MOVED,
      next: 'Tragen Sie unter Einstellungen → Verbindungen {{region}} als Region ein.',
    },
    unknown: {
      title: 'Der Bucket liegt in einer anderen Region',
      meaning: NOTHING_MOVED,
      next: 'Fragen Sie den Betreiber des Buckets nach der Region und tragen Sie sie unter Einstellungen → Verbindungen ein.',
    },
  },
  's3-clock': {
    title: 'Die Uhr dieses Computers geht falsch',
    meaning: `${NOTHING_MOVED} S3 weist Anfragen ab, deren Uhrzeit um mehr als 15 Minuten abweicht.`,
    next: 'Stellen Sie die Uhr und versuchen Sie es dann noch einmal.',
  },
  's3-exists': {
    title: 'Unter {{location}} liegt schon ein Bündel',
    meaning: 'Es wurde gelassen, wie es ist, und nichts gesendet.',
    next: 'Wählen Sie einen anderen Namen für das Bündel, oder löschen Sie zuerst das alte.',
  },
  's3-busy': {
    title: 'S3 ist gerade überlastet',
    meaning: 'Die Anfrage wurde mehrmals gestellt. Es ist nichts Halbfertiges zurückgeblieben.',
    next: 'Versuchen Sie es in ein paar Minuten noch einmal.',
  },
  's3-timeout': {
    title: 'S3 antwortet nicht mehr',
    meaning: 'Die Anfrage wurde aufgegeben. Was sich davon entfernen ließ, wurde entfernt.',
    next: 'Prüfen Sie die Netzwerkverbindung und versuchen Sie es dann noch einmal.',
  },
  's3-unreachable': {
    title: 'Es gibt keine Verbindung zu {{endpoint}}',
    meaning: 'Es wurde mehrmals versucht. Ein Bündel, das unterwegs war, ist nicht angekommen.',
    next: 'Prüfen Sie die Netzwerkverbindung und den Endpunkt unter Einstellungen → Verbindungen. Versuchen Sie es dann noch einmal.',
  },
  's3-untrusted': {
    title: 'Dieser Computer vertraut dem Zertifikat von {{endpoint}} nicht',
    meaning: `${NOTHING_MOVED} Jemand könnte sich als dieser Server ausgeben.`,
    next: 'Ist es ein Server Ihrer eigenen Organisation, fragen Sie seinen Betreiber, wie dieser Computer ihm vertrauen lernt.',
  },
  's3-unverified': {
    title: 'Das Bündel wurde gesendet, aber seine Ankunft ließ sich nicht bestätigen',
    meaning:
      'Es kann gut sein, dass es vollständig unter {{location}} liegt. Ohne die Passphrase oder den Schlüssel kann niemand es öffnen.',
    next: 'Fragen Sie den Empfänger, ob es da ist, oder sehen Sie im Eingang nach. Wenn nicht, versiegeln und senden Sie noch einmal.',
  },
  's3-integrity': {
    title: 'Was unter {{location}} liegt, ist nicht das, was gesendet wurde',
    meaning: 'Es wurde unterwegs oder im Speicher verändert und wurde nicht behalten.',
    next: 'Versuchen Sie es noch einmal. Geschieht es wieder, sagen Sie es dem Betreiber des Servers.',
  },
  's3-refused': {
    answered: {
      title: 'Der Server hat die Anfrage abgewiesen (HTTP {{status}})',
      meaning: NOTHING_MOVED,
      next: 'Prüfen Sie den Endpunkt unter Einstellungen → Verbindungen. Vielleicht ist es kein S3-Dienst, oder einer, dem etwas fehlt, das Signet braucht.',
    },
    unanswered: {
      title: 'Der Server hat die Anfrage abgewiesen',
      meaning: NOTHING_MOVED,
      next: 'Prüfen Sie den Endpunkt unter Einstellungen → Verbindungen. Vielleicht ist es kein S3-Dienst, oder einer, dem etwas fehlt, das Signet braucht.',
    },
  },
  's3-left-behind': {
    parts: {
      title: 'Unter {{location}} sind Teile des Bündels zurückgeblieben',
      meaning:
        'Die Übertragung {{how}}, und das bereits Gesendete ließ sich nicht entfernen. Es ist versiegelt, ist kein Bündel und braucht nur Platz.',
      next: 'Bitten Sie den Betreiber des Buckets, unvollständige Uploads zu entfernen. Senden Sie dann noch einmal.',
    },
    'parts-denied': {
      title: 'Unter {{location}} sind Teile des Bündels zurückgeblieben',
      meaning:
        'Die Übertragung {{how}}, und Ihnen fehlt das Recht {{right}}, das bereits Gesendete zu entfernen. Es ist versiegelt, ist kein Bündel und braucht nur Platz.',
      next: 'Bitten Sie den Betreiber des Buckets, unvollständige Uploads zu entfernen, und um {{right}} für Ihr eigenes Präfix.',
    },
    object: {
      title: 'Unter {{location}} ist ein Bündel zurückgeblieben, das nicht bleiben sollte',
      meaning:
        'Die Übertragung {{how}}, und das Bündel ließ sich nicht wieder löschen. Es ist versiegelt, aber verlassen Sie sich nicht darauf.',
      next: 'Löschen Sie es im Eingang, oder bitten Sie den Betreiber des Buckets, es zu löschen.',
    },
    'object-denied': {
      title: 'Unter {{location}} ist ein Bündel zurückgeblieben, das nicht bleiben sollte',
      meaning:
        'Die Übertragung {{how}}, und Ihnen fehlt das Recht {{right}}, das Bündel wieder zu löschen. Es ist versiegelt, aber verlassen Sie sich nicht darauf.',
      next: 'Bitten Sie den Betreiber des Buckets, es zu löschen, und um {{right}} für Ihr eigenes Präfix.',
    },
  },
  'bundle-too-large': {
    title: 'Das Bündel ist größer, als ein Upload sein kann ({{limit}})',
    meaning: 'Es wurde nichts gesendet. Ihre Dokumente sind unverändert.',
    next: 'Versiegeln Sie weniger Dokumente auf einmal.',
  },
  'url-invalid': {
    title: '„{{url}}“ ist keine gültige Adresse',
    meaning: NOTHING_MOVED,
    next: 'Prüfen Sie Bucket, Präfix und Endpunkt unter Einstellungen → Verbindungen. Ein Endpunkt beginnt mit https://.',
  },
  'endpoint-insecure': {
    title: 'Die Verbindung zu {{endpoint}} ist nicht verschlüsselt',
    meaning: `${NOTHING_MOVED} Dateinamen und Zugangsdaten wären unterwegs lesbar gewesen.`,
    next: 'Tragen Sie unter Einstellungen → Verbindungen die Adresse ein, die mit https:// beginnt.',
  },
  'connection-invalid': {
    name: {
      title: 'Die Verbindung braucht einen Namen',
      meaning: 'Sie wurde nicht gespeichert.',
      next: 'Geben Sie ihr einen kurzen, eigenen Namen, an dem Sie sie erkennen.',
    },
    bucket: {
      title: 'So kann kein Bucket heißen',
      meaning: 'Die Verbindung wurde nicht gespeichert.',
      next: 'Der Name eines Buckets hat 3 bis 63 Kleinbuchstaben, Ziffern, Punkte und Bindestriche. Kopieren Sie ihn aus der Nachricht, die Sie bekommen haben.',
    },
    prefix: {
      title: 'Dieses Präfix geht nicht',
      meaning: 'Die Verbindung wurde nicht gespeichert.',
      next: 'Ein Präfix ist ein Ordner im Bucket, zum Beispiel Ihre Benutzerkennung: kein Schrägstrich am Anfang, keine zwei hintereinander, keine Punkte als Ordner.',
    },
    region: {
      title: 'Das kann keine Region sein',
      meaning: 'Die Verbindung wurde nicht gespeichert.',
      next: 'Eine Region sieht aus wie eu-central-1. Lassen Sie das Feld leer, wenn Ihnen keine genannt wurde.',
    },
    endpoint: {
      title: 'Das kann kein Endpunkt sein',
      meaning: 'Die Verbindung wurde nicht gespeichert.',
      next: 'Ein Endpunkt ist eine Adresse, die mit https:// beginnt. Lassen Sie das Feld für Amazons eigenes S3 leer.',
    },
    profile: {
      title: 'Das kann kein Profil sein',
      meaning: 'Die Verbindung wurde nicht gespeichert.',
      next: 'Geben Sie den Namen eines Profils aus Ihrer AWS-Konfiguration ein.',
    },
    keys: {
      title: 'Der Zugriffsschlüssel ist nicht vollständig',
      meaning: 'Die Verbindung wurde nicht gespeichert.',
      next: 'Geben Sie die Kennung des Zugriffsschlüssels und den geheimen Zugriffsschlüssel ein, beide ohne Leerzeichen.',
    },
  },
  'secret-missing': {
    title: 'Das Kennwort oder der geheime Schlüssel von „{{connection}}“ ist nicht mehr hier',
    meaning: NOTHING_MOVED,
    next: 'Geben Sie es in den Einstellungen neu ein.',
  },
};
