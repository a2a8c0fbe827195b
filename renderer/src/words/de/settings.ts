import type { Catalogue } from '../catalogue.ts';

/** Words of the Settings screen, in German. */
export const settings: Catalogue['settings'] = {
  sections: {
    label: 'Einstellungen',
    connections: 'Verbindungen',
    email: 'E-Mail',
    defaults: 'Vorgaben',
    about: 'Über Signet',
  },
  connections: {
    hint: 'Eine Verbindung ist ein Ort in S3: Dorthin werden Bündel gesendet, oder von dort werden sie wie aus einem Eingang abgeholt.',
    add: 'Verbindung hinzufügen',
    list: 'Verbindungen',
    empty: {
      title: 'Noch keine Verbindung',
      meaning:
        'In einen Ordner versiegeln geht ohne. Fügen Sie eine hinzu, um Bündel an S3 zu senden oder von dort abzuholen.',
    },
    amazon: 'Amazon S3',
    defaultRegion: 'Region des Profils',
    facts: { service: 'Dienst', signIn: 'Anmeldung', secret: 'Geheimnis', access: 'Zugriff' },
    profile: 'AWS-Profil {{profile}}',
    profileDefault: 'Das Standardprofil von AWS',
    key: 'Zugriffsschlüssel {{key}}',
    secret: {
      kept: 'Im Schlüsselbund dieses Computers aufbewahrt',
      'this-run': 'Aufbewahrt, bis Signet geschlossen wird',
      missing: 'Fehlt: Geben Sie es neu ein, um diese Verbindung zu benutzen',
    },
    enterSecret: 'Geheimnis eingeben',
    check: 'Zugriff prüfen',
    checkAgain: 'Noch einmal prüfen',
    checking: 'Der Zugriff wird geprüft',
    change: 'Ändern',
    changeNamed: '{{name}} ändern',
    checkNamed: 'Zugriff prüfen: {{name}}',
    removeNamed: '{{name}} entfernen',
    checked: 'Geprüft',
    notChecked: 'Noch nicht geprüft',
    thisRun: {
      title: 'Geheimnisse werden nur für diese Sitzung aufbewahrt',
      meaning:
        'Dieser Computer bietet Signet keinen Schlüsselbund, der sicher genug ist. Ein geheimer Zugriffsschlüssel bleibt daher im Arbeitsspeicher und ist weg, wenn Signet geschlossen wird. Mit einem AWS-Profil muss Signet nichts aufbewahren.',
    },
  },
  rights: {
    label: 'Rechte',
    list: {
      granted: 'darf auflisten',
      denied: 'darf nicht auflisten',
      unknown: 'Auflisten: unbekannt',
    },
    put: {
      granted: 'darf hochladen',
      denied: 'darf nicht hochladen',
      unknown: 'Hochladen: unbekannt',
    },
    read: { granted: 'darf öffnen', denied: 'darf nicht öffnen', unknown: 'Öffnen: unbekannt' },
    remove: {
      granted: 'darf löschen',
      denied: 'darf nicht löschen',
      unknown: 'Löschen: unbekannt',
    },
  },
  abilities: {
    label: 'Wofür diese Verbindung taugt',
    send: {
      yes: 'Kann senden: ja',
      no: 'Kann senden: nein',
      perhaps: 'Kann senden: nicht sicher',
    },
    inbox: {
      yes: 'Kann einen Eingang lesen: ja',
      no: 'Kann einen Eingang lesen: nein',
      perhaps: 'Kann einen Eingang lesen: nicht sicher',
    },
    tidy: {
      yes: 'Kann Abgeholtes löschen: ja',
      no: 'Kann Abgeholtes löschen: nein',
      perhaps: 'Kann Abgeholtes löschen: nicht sicher',
    },
    missing_one: '{{rights}} fehlt',
    missing_other: '{{rights}} fehlen',
    unclear: 'die Antworten des Servers verraten nicht, ob {{rights}} gewährt ist',
    noneHarm: 'Ein Absender braucht kein Recht zu lesen und ist ohne es sicherer.',
    nothing:
      'Mit diesen Rechten nützt die Verbindung noch nichts. Zeigen Sie die Zeile darüber dem Betreiber des Buckets.',
    exact: 'Wie das herausgefunden wurde',
    exactText:
      'Signet hat höchstens ein Objekt auflisten lassen, einen Upload begonnen und abgebrochen sowie nach einem zufälligen Namen, den es nicht gibt, gefragt und ihn gelöscht. Kein Objekt wurde geschrieben, gelesen oder gelöscht.',
  },
  form: {
    add: 'Verbindung hinzufügen',
    edit: '{{name}} ändern',
    steps: 'Schritte',
    where: 'Ort',
    signIn: 'Anmeldung',
    access: 'Zugriff',
    next: 'Weiter',
    saveAndCheck: 'Speichern und Zugriff prüfen',
    name: 'Name',
    bucket: 'Bucket',
    prefix: 'Präfix',
    prefixHint: 'Der Ordner im Bucket, oft Ihre Benutzerkennung. Leer für den ganzen Bucket.',
    region: 'Region',
    regionHint: 'Zum Beispiel eu-central-1. Leer: die Region des AWS-Profils.',
    service: 'S3-kompatibler Dienst statt Amazon',
    endpoint: 'Endpunkt',
    endpointHint: 'Die Adresse des Dienstes, beginnend mit https://. Leer für Amazon S3.',
    how: 'Wie Sie sich anmelden',
    profile: 'AWS-Profil',
    keys: 'Zugriffsschlüssel',
    profileName: 'Name des Profils',
    profileHint:
      'Wie in ~/.aws/config auf diesem Computer; auch Single Sign-on funktioniert. Leer für das Standardprofil. Signet speichert dann kein Geheimnis.',
    accessKeyId: 'Kennung des Zugriffsschlüssels',
    secret: 'Geheimer Zugriffsschlüssel',
    secretHint: 'Im Schlüsselbund dieses Computers aufbewahrt und nie wieder angezeigt.',
    secretHintThisRun:
      'Im Arbeitsspeicher aufbewahrt, bis Signet geschlossen wird, und nie angezeigt.',
    secretKeptHint: 'Leer lassen, um den gespeicherten zu behalten.',
    problems: {
      name: 'Geben Sie ihr einen Namen.',
      bucket:
        'Geben Sie nur den Namen des Buckets ein: 3 bis 63 Kleinbuchstaben, Ziffern, Bindestriche und Punkte.',
      prefix: 'Geben Sie Ordnernamen mit / dazwischen ein, ohne s3:// und den Bucket.',
      region: 'So heißt keine Region. Eine sieht aus wie eu-central-1.',
      endpoint: 'Geben Sie eine Adresse wie https://s3.example.com ein, ohne Benutzernamen.',
      insecure:
        'Diese Adresse beginnt mit http://: Unterwegs könnte jeder mitlesen. Nehmen Sie https://.',
      profile: 'Geben Sie den Namen eines Profils ein, wie er in ~/.aws/config steht.',
      accessKeyId: 'Geben Sie die Kennung des Zugriffsschlüssels ein, ohne Leerzeichen.',
      secret:
        'Geben Sie das Geheimnis ein, das zu diesem Zugriffsschlüssel gehört, ohne Leerzeichen.',
    },
    savedAs: '{{name}} ist gespeichert.',
    asking: 'Es wird herausgefunden, was {{place}} erlaubt',
    failedHint: 'Gehen Sie zurück, um sie zu berichtigen, oder prüfen Sie sie später.',
  },
  remove: {
    title: '{{name}} entfernen?',
    meaning: 'Signet vergisst diesen Ort und die Anmeldung dafür:',
    kept: 'Bündel in S3 bleiben, wo sie sind.',
    action: 'Verbindung entfernen',
  },
  defaults: {
    theme: 'Erscheinungsbild',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
    words: 'Wörter in einer neuen Passphrase',
    wordsHint: 'Gilt für das nächste Bündel, das Sie beginnen.',
    bits: '{{words}} Wörter ergeben {{bits}} Bit.',
    means: {
      strong:
        'Genug gegen jeden, der für jeden Versuch bezahlen muss: Tausend große Computer bräuchten Millionen Jahre.',
      stronger: 'Tausend große Computer bräuchten hundert Milliarden Jahre.',
      beyond: 'Für jeden Angreifer außer Reichweite.',
      plenty:
        'Für jeden Angreifer außer Reichweite. Mehr Wörter machen sie nur länger durchzugeben.',
    },
    exact: 'Wie das berechnet ist',
    exactText:
      'Jedes Wort wird von einem sicheren Zufallsgenerator aus einer Liste von 7.772 gezogen und gibt log2(7.772) = {{perWord}} Bit: {{words}} × {{perWord}} = {{bits}}. Jeder Versuch kostet einen Angreifer 256 MiB Arbeitsspeicher und etwa eine Sekunde eines Rechenkerns, weil die Passphrase durch scrypt mit dem Arbeitsfaktor 18 geht.',
  },
  about: {
    what: 'Versiegelt Dokumente in ein verschlüsseltes Bündel. Das Bündel und seine Passphrase reisen getrennt.',
    version: 'Signet {{version}}',
    runtime: 'Läuft mit',
    data: 'Wo die Daten liegen',
    dataHint:
      'Einstellungen, Verbindungen ohne ihre Geheimnisse und der Verlauf. Nie eine Passphrase.',
    dataHintWeb:
      'Bis ein Bündel versiegelt ist, liegen dort auch private Kopien der Dokumente, die Sie im Browser hinzufügen.',
    copyPath: 'Pfad kopieren',
    age: 'Was ist age?',
    ageText:
      'Die Art von Bündel, die am besten schützt, ist eine age-Datei: ein offenes Format mit einer kurzen, öffentlichen Beschreibung, das viele Programme lesen können. Wer eines bekommt, ist nicht auf Signet angewiesen.',
    agePage: 'Die Spezifikation von age lesen',
    page: 'Leser in selbstöffnenden Seiten',
    pageText:
      'Jede selbstöffnende Seite dieser Version enthält denselben Leser. Wer eine bekommt, kann dessen SHA-256 mit dieser vergleichen; die Seite sagt, wie.',
    pageNone:
      'Diese Kopie von Signet hat keinen Leser und macht daher keine selbstöffnenden Seiten.',
    copySha256: 'SHA-256 kopieren',
    report: 'Eine Schwachstelle melden',
    reportText:
      'Bitte melden Sie sie vertraulich, nach den Sicherheitsrichtlinien des Projekts: In SECURITY.md steht, wie, und was Sie erwarten können.',
    licences: 'Lizenzen der enthaltenen Software',
    licencesNone: 'Dieser Build enthält keine Liste der Lizenzen.',
    licencesCount_one: '{{count}} Paket',
    licencesCount_other: '{{count}} Pakete',
    columns: { name: 'Paket', version: 'Version', licence: 'Lizenz' },
    loading: 'Die Versionen werden erfragt',
  },
};
