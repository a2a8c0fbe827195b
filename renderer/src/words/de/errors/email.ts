import type { emailErrors as english } from '../../en/errors/email.ts';
import type { Words } from '../../catalogue.ts';
import { KEPT, NOT_SENT, NO_MESSAGE } from './said.ts';

/** What can go wrong with email: with a message, with an account, and with the server that takes it. */
export const emailErrors: Words<typeof english> = {
  'email-address': {
    title: '„{{address}}“ ist keine E-Mail-Adresse',
    meaning: NO_MESSAGE,
    next: 'Schreiben Sie sie wie ana@example.org oder wie Ana Beispiel <ana@example.org>.',
  },
  'email-no-recipients': {
    title: 'Die Nachricht hat keinen Empfänger',
    meaning: NO_MESSAGE,
    next: 'Geben Sie mindestens eine E-Mail-Adresse ein.',
  },
  'email-passphrase-inside': {
    title: 'Die Nachricht hätte die Passphrase enthalten',
    meaning: `${NO_MESSAGE} Eine Passphrase, die mit ihrem Bündel reist, schützt nichts.`,
    next: 'Nehmen Sie sie aus Betreff, Text und Dateinamen heraus, und teilen Sie sie dem Empfänger auf einem anderen Weg mit.',
  },
  'email-too-large': {
    title: 'Das Bündel ist zu groß für E-Mail: {{bytes}} bei höchstens {{limit}} je Nachricht',
    meaning: `${NO_MESSAGE} Auch in Teilen wäre es zu viel gewesen.`,
    next: 'Senden Sie es über S3 oder einen gemeinsamen Ordner, oder versiegeln Sie weniger Dokumente auf einmal.',
  },
  'email-account-invalid': {
    name: {
      title: 'Das E-Mail-Konto braucht einen Namen',
      meaning: 'Es wurde nicht gespeichert.',
      next: 'Geben Sie ihm einen kurzen, eigenen Namen, an dem Sie es erkennen.',
    },
    host: {
      title: 'Das kann kein Mailserver sein',
      meaning: 'Das E-Mail-Konto wurde nicht gespeichert.',
      next: 'Geben Sie den Namen des Servers ein, der Ihre ausgehende E-Mail annimmt, zum Beispiel smtp.example.org. Ihr E-Mail-Anbieter nennt ihn.',
    },
    port: {
      title: 'Das kann kein Port sein',
      meaning: 'Das E-Mail-Konto wurde nicht gespeichert.',
      next: 'Ein Port ist eine Zahl von 1 bis 65535. Für ausgehende E-Mail ist es meist 465 oder 587.',
    },
    user: {
      title: 'Das kann kein Benutzername sein',
      meaning: 'Das E-Mail-Konto wurde nicht gespeichert.',
      next: 'Geben Sie den Namen ein, mit dem Sie sich anmelden. Oft ist es Ihre ganze E-Mail-Adresse.',
    },
    from: {
      title: 'Das kann kein Absender sein',
      meaning: 'Das E-Mail-Konto wurde nicht gespeichert.',
      next: 'Geben Sie Ihre E-Mail-Adresse ein, zum Beispiel ana@example.org.',
    },
  },
  'smtp-unreachable': {
    'not-sent': {
      title: 'Es gibt keine Verbindung zu {{host}}',
      meaning: NOT_SENT,
      next: 'Prüfen Sie die Netzwerkverbindung und in den Einstellungen des E-Mail-Kontos Server und Port.',
    },
    'may-have-arrived': {
      title: 'Die Verbindung zu {{host}} ist abgerissen, bevor die Nachricht bestätigt war',
      meaning: `Sie war schon ganz übergeben und ist vielleicht angekommen. ${KEPT}`,
      next: 'Fragen Sie den Empfänger, ob sie angekommen ist, bevor Sie noch einmal senden.',
    },
  },
  'smtp-untrusted': {
    title: 'Dieser Computer vertraut dem Zertifikat von {{host}} nicht',
    meaning: `Dorthin wurde nichts gesendet, auch kein Passwort: Jemand könnte sich als dieser Server ausgeben. ${KEPT}`,
    next: 'Prüfen Sie in den Einstellungen des E-Mail-Kontos den Namen des Servers. Ist es der Ihrer Organisation, fragen Sie den Administrator, wie dieser Computer ihm vertrauen kann.',
  },
  'smtp-no-tls': {
    title: 'Der Mailserver {{host}} bietet keine Verschlüsselung an',
    meaning: `Dorthin wurde nichts gesendet, auch kein Passwort: Jeder auf dem Weg hätte es lesen können. ${KEPT}`,
    next: 'Prüfen Sie in den Einstellungen des E-Mail-Kontos den Port: Meist ist es 465 oder 587. Stimmt er, unterschlägt vielleicht jemand auf dem Weg das Angebot. Versuchen Sie es aus einem anderen Netz.',
  },
  'smtp-credentials': {
    title: 'Der Mailserver {{host}} hat die Anmeldung nicht angenommen',
    meaning: NOT_SENT,
    next: 'Prüfen Sie den Benutzernamen, und geben Sie das Passwort neu ein. Viele Anbieter verlangen ein App-Passwort, das man in deren eigenen Einstellungen anlegt.',
  },
  'smtp-busy': {
    answered: {
      title: 'Der Mailserver {{host}} nimmt die Nachricht zurzeit nicht an (SMTP {{status}})',
      meaning: NOT_SENT,
      next: 'Versuchen Sie es in ein paar Minuten noch einmal. Viele Server lassen Absender, die sie nicht kennen, zuerst warten.',
    },
    unanswered: {
      title: 'Der Mailserver {{host}} nimmt die Nachricht zurzeit nicht an',
      meaning: NOT_SENT,
      next: 'Versuchen Sie es in ein paar Minuten noch einmal. Viele Server lassen Absender, die sie nicht kennen, zuerst warten.',
    },
  },
  'smtp-too-large': {
    known: {
      title:
        'Die Nachricht ist zu groß für den Mailserver {{host}}, der höchstens {{limit}} annimmt',
      meaning: NOT_SENT,
      next: 'Verteilen Sie das Bündel auf kleinere Nachrichten, senden Sie es über S3 oder einen gemeinsamen Ordner, oder versiegeln Sie weniger Dokumente auf einmal.',
    },
    unknown: {
      title: 'Die Nachricht ist zu groß für den Mailserver {{host}}',
      meaning: NOT_SENT,
      next: 'Verteilen Sie das Bündel auf kleinere Nachrichten, senden Sie es über S3 oder einen gemeinsamen Ordner, oder versiegeln Sie weniger Dokumente auf einmal.',
    },
  },
  'smtp-refused': {
    answered: {
      title: 'Der Mailserver {{host}} hat die Nachricht abgelehnt (SMTP {{status}})',
      meaning: NOT_SENT,
      next: 'Prüfen Sie, ob das Konto mit dieser Absenderadresse senden darf. Manche Server lehnen auch bestimmte Anhänge ab: Eine andere Art von Bündel oder S3 kommt vielleicht durch.',
    },
    unanswered: {
      title: 'Der Mailserver {{host}} hat die Nachricht abgelehnt',
      meaning: NOT_SENT,
      next: 'Prüfen Sie, ob das Konto mit dieser Absenderadresse senden darf. Manche Server lehnen auch bestimmte Anhänge ab: Eine andere Art von Bündel oder S3 kommt vielleicht durch.',
    },
  },
  'smtp-no-recipient': {
    title: 'Der Mailserver {{host}} hat {{addresses}} nicht angenommen',
    meaning: `Dorthin wurde nichts gesendet. ${KEPT}`,
    next: 'Suchen Sie in der Adresse nach einem Fehler. Ist keiner darin, ist das Postfach vielleicht voll oder geschlossen: Fragen Sie den Empfänger.',
  },
};
