import type { Catalogue } from '../catalogue.ts';

/** Words of the advice on what the recipient can open, in German. */
export const advice: Catalogue['advice'] = {
  title: 'Was hat der Empfänger?',
  has: {
    signet: 'Signet oder age',
    archiver: '7-Zip, Keka oder WinZip',
    browser: 'Nur einen Browser',
    unknown: 'Weiß ich nicht',
  },
  hasHint: {
    signet: 'Schützt am besten und verbirgt die Namen der Dokumente',
    archiver: 'Öffnet sich mit dem Programm, das sie für ZIP-Dateien nehmen',
    browser: 'Öffnet sich im Browser, ohne dass etwas installiert wird',
    unknown: 'Signet wählt, was die meisten öffnen können',
  },

  route: 'Wie kommt es hin?',
  routes: {
    s3: 'Als Link oder in gemeinsamem Speicher',
    folder: 'Als übergebene Datei',
    email: 'Per E-Mail',
  },

  service: 'Wessen Mail hat der Empfänger?',
  services: {
    gmail: 'Gmail',
    outlook: 'Outlook.com',
    company: 'Die einer Firma',
    unknown: 'Weiß ich nicht',
  },
  mail: {
    gmail: 'Gmail',
    outlook: 'Outlook.com',
    company: 'Mailservern von Firmen',
    unknown: 'Mailservern',
  },

  formats: {
    age: 'age-Bündel',
    zip: 'ZIP mit AES-256',
    '7z': '7z mit versiegelten Namen',
    html: 'Selbstöffnende Seite',
  },

  verdicts: {
    opens: 'Öffnet sich',
    'opens-with': 'Öffnet sich mit manchen Programmen',
    'maybe-blocked': 'Kann von der Mail aufgehalten werden',
    'likely-blocked': 'Wird wohl von der Mail aufgehalten',
    'does-not-open': 'Öffnet sich nicht',
  },

  choices: {
    'protects-best': 'Signet öffnet es, es schützt am besten, und es verbirgt die Namen.',
    'opens-with-what-they-have': '7-Zip, Keka und WinZip öffnen es.',
    'hides-names':
      'Es verbirgt die Namen von selbst; ein ZIP in einem ZIP lehnt die Mail vielleicht ab.',
    'nothing-to-install':
      'Die meisten können es öffnen: Jeder Browser kann es, ohne dass etwas installiert wird.',
    'nothing-else-opens': 'Nichts anderes öffnet sich mit nur einem Browser.',
    'passes-mail-best':
      'Freie Programme öffnen es, und es wird seltener aufgehalten als eine Seite.',
    'takes-any-size': 'Freie Programme öffnen es; für eine Seite sind die Dokumente zu groß.',
    'best-alternative': 'Für eine Seite zu groß. Der Empfänger braucht ein freies Programm.',
  },

  reasons: {
    'age-opens': 'Signet und age öffnen es.',
    'age-needs-tool': 'Dazu braucht es Signet oder age.',
    'zip-opens': '7-Zip, Keka und WinZip öffnen es.',
    'zip-some-open': '7-Zip, Keka und WinZip öffnen es; Windows und macOS allein nicht.',
    'zip-needs-tool': 'Dazu braucht es 7-Zip, Keka oder WinZip.',
    '7z-some-open': '7-Zip und Keka öffnen es; andere vielleicht nicht.',
    '7z-needs-tool': 'Dazu braucht es 7-Zip oder Keka.',
    'page-opens': 'Jeder Browser öffnet sie.',
    'page-slow': 'Jeder Browser öffnet sie, aber eine so große ist langsam.',
    'page-too-large': 'Eine so große Seite macht Signet nicht.',
    'page-may-be-held': 'Die Mail hält sie vielleicht als Phishing auf.',
    'page-likely-held': 'Die Mail von Microsoft hat solche Seiten als Phishing aufgehalten.',
    'nested-may-be-refused': 'Ein ZIP in einem ZIP lehnt die Mail vielleicht ab.',
    'nested-likely-refused': 'Gmail lehnt ein ZIP in einem verschlüsselten ZIP ab.',
    'encrypted-may-be-held': 'Die Mail hält vielleicht auf, wo sie nicht hineinsehen kann.',
  },

  notices: {
    'needs-tool': 'Der Empfänger braucht {{tools}}.',
    'not-with-system-tools':
      'Nicht mit {{tools}}, auch wenn sie nach einer Passphrase fragen. Nennen Sie das Programm.',
    'names-visible': 'Unterwegs kann jeder die Namen der Dokumente lesen.',
    'nested-archive':
      'Damit die Namen verborgen sind, liegen die Dokumente in einem zweiten ZIP. Der Empfänger entpackt zweimal.',
    'nested-archive-may-be-refused':
      'Ein ZIP in einem ZIP wird von {{service}} vielleicht abgelehnt.',
    'weak-derivation':
      'Bei ZIP ist jeder Rateversuch billig. Die Passphrase hat deshalb mindestens {{words}} Wörter ({{bits}} Bit).',
    'page-may-be-held':
      'Eine Seite, die sich selbst öffnet, wird von {{service}} vielleicht als Phishing aufgehalten.',
    'encrypted-may-be-held':
      'Was sich nicht durchsehen lässt, wird von {{service}} vielleicht aufgehalten. Fragen Sie, ob es ankam.',
    'page-announce':
      'Kündigen Sie die Seite an. Eine Seite von einem Fremden kann etwas vortäuschen.',
    'page-slow':
      'Eine Seite mit {{size}} ist langsam. Gedacht sind Seiten für höchstens {{limit}}.',
    'page-too-large': '{{size}} sind zu viel für eine Seite. Höchstens gehen {{limit}}.',
    'mail-split':
      'Als Anhang {{size}}; bei {{service}} sind höchstens {{limit}} üblich. Es wird auf {{volumes}} Nachrichten verteilt.',
    'mail-too-large':
      'Als Anhang {{size}}; bei {{service}} sind höchstens {{limit}} üblich. Senden Sie weniger Dokumente auf einmal.',
    'browser-not-enough': 'Mit nur einem Browser lassen sich diese Dokumente nicht öffnen.',
    'prefer-shared-storage':
      'Ein Link oder gemeinsamer Speicher ist sicherer als E-Mail: Unterwegs sieht niemand hinein.',
  },

  tools: {
    signet: 'Signet',
    age: 'age',
    '7zip': '7-Zip',
    keka: 'Keka',
    winzip: 'WinZip',
    'the-unarchiver': 'The Unarchiver',
    'windows-explorer': 'dem Windows-Explorer',
    'macos-archive-utility': 'dem Archivierungsprogramm von macOS',
    libarchive: 'bsdtar',
    browser: 'einen Browser',
  },

  fits: {
    fits: 'Passt in eine E-Mail',
    split: 'Braucht {{volumes}} E-Mails',
    'too-large': 'Zu groß für E-Mail',
  },
  size: 'Etwa {{size}}',
  attached: '{{size}} als Anhang',

  watch: 'Worauf zu achten ist',
  byName: 'Format selbst wählen',
  hideNames: 'Namen der Dokumente verbergen',
  hideNamesHint: 'Ein zweites ZIP darin; manche Mail lehnt das ab',

  sources: 'Woher das stammt',
  sourceKinds: {
    published: 'Veröffentlicht',
    tried: 'Ausprobiert',
    assumed: 'Angenommen',
  },
};
