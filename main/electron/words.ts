import type { ErrorCode } from '../../app/contract/errors.ts';
import type { Settings } from '../../app/contract/views.ts';

/** Why a file that was opened from outside cannot be taken, as far as that helps. */
type OpenProblem = Extract<
  ErrorCode,
  | 'bundle-damaged'
  | 'bundle-missing'
  | 'bundle-unreadable'
  | 'format-unsupported'
  | 'not-a-bundle'
  | 'volume-missing'
  | 'volume-wrong'
>;

/** What the host says itself: in menus, in the system's dialogs and notifications. The screen's words are the screen's. */
export interface Words {
  readonly file: string;
  readonly openBundle: string;
  readonly edit: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly view: string;
  readonly actualSize: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fullScreen: string;
  readonly window: string;
  readonly minimize: string;
  readonly close: string;
  readonly help: string;
  readonly aboutAge: string;
  readonly about: string;
  readonly quit: string;
  readonly choose: Readonly<
    Record<
      'documents' | 'bundle' | 'identity' | 'folder' | 'destination' | 'save' | 'export',
      string
    >
  >;
  readonly sealedBundles: string;
  readonly allFiles: string;
  readonly quitWhileWorking: string;
  readonly quitWhileWorkingDetail: string;
  readonly keepWorking: string;
  readonly stopAndQuit: string;
  readonly jobDone: string;
  readonly jobDoneDetail: string;
  readonly jobFailed: string;
  readonly jobFailedDetail: string;
  readonly cannotOpen: string;
  readonly cannotOpenBecause: Readonly<Record<OpenProblem | 'other', string>>;
  readonly cannotStart: string;
  readonly cannotStartDetail: string;
  readonly screenGone: string;
  readonly screenGoneDetail: string;
  readonly broken: string;
  readonly brokenDetail: string;
}

const ENGLISH: Words = {
  file: '&File',
  openBundle: '&Open bundle…',
  edit: '&Edit',
  undo: '&Undo',
  redo: '&Redo',
  cut: 'Cu&t',
  copy: '&Copy',
  paste: '&Paste',
  selectAll: 'Select &all',
  view: '&View',
  actualSize: '&Actual size',
  zoomIn: 'Zoom &in',
  zoomOut: 'Zoom &out',
  fullScreen: '&Full screen',
  window: '&Window',
  minimize: '&Minimize',
  close: '&Close',
  help: '&Help',
  aboutAge: 'About the &age format',
  about: 'About &Signet',
  quit: '&Quit Signet',
  choose: {
    documents: 'Choose documents to send',
    folder: 'Choose a folder to send',
    bundle: 'Choose a bundle to open',
    identity: 'Choose a file with your keys',
    destination: 'Choose where the bundle goes',
    save: 'Choose where to save the documents',
    export: 'Choose where to save the activity',
  },
  sealedBundles: 'Sealed bundles',
  allFiles: 'All files',
  quitWhileWorking: 'Signet is still working',
  quitWhileWorkingDetail:
    'If you quit now, the work is stopped and nothing half-made is left behind. Your documents stay as they are.',
  keepWorking: 'Keep working',
  stopAndQuit: 'Stop and quit',
  jobDone: 'Done',
  jobDoneDetail: 'Signet has finished. Click to see the result.',
  jobFailed: 'That did not work',
  jobFailedDetail: 'Signet could not finish. Click to see why.',
  cannotOpen: 'This file cannot be opened',
  cannotOpenBecause: {
    'bundle-missing': 'It is no longer there. It may have been moved, renamed or deleted.',
    'bundle-unreadable': 'Signet is not allowed to read it.',
    'not-a-bundle': 'It is not a bundle that Signet can open.',
    'bundle-damaged': 'It is a sealed bundle, but it is damaged. Ask for it once more.',
    'format-unsupported':
      'It was made in a way that Signet cannot read. The program that made it may open it.',
    'volume-missing': 'It is one part of a bundle, and not all of the others lie beside it.',
    'volume-wrong': 'It is one part of a bundle, and a part beside it does not belong to it.',
    other: 'Signet could not read it.',
  },
  cannotStart: 'Signet cannot start',
  cannotStartDetail:
    'Something that Signet needs is missing or does not work on this machine. Installing it once more may help.',
  screenGone: 'Signet’s window keeps failing',
  screenGoneDetail:
    'It will quit now. Work that was going on is stopped and leaves nothing half-made.',
  broken: 'Signet has to quit',
  brokenDetail: 'It made a mistake that it cannot go on from. Your documents are as they were.',
};

const GERMAN: Words = {
  file: '&Datei',
  openBundle: 'Bündel ö&ffnen…',
  edit: '&Bearbeiten',
  undo: '&Rückgängig',
  redo: '&Wiederholen',
  cut: '&Ausschneiden',
  copy: '&Kopieren',
  paste: '&Einfügen',
  selectAll: 'A&lles auswählen',
  view: '&Ansicht',
  actualSize: '&Originalgröße',
  zoomIn: 'Ver&größern',
  zoomOut: 'Ver&kleinern',
  fullScreen: '&Vollbild',
  window: '&Fenster',
  minimize: '&Minimieren',
  close: '&Schließen',
  help: '&Hilfe',
  aboutAge: 'Über das &age-Format',
  about: '&Über Signet',
  quit: 'Signet &beenden',
  choose: {
    documents: 'Dokumente zum Senden wählen',
    folder: 'Ordner zum Senden wählen',
    bundle: 'Bündel zum Öffnen wählen',
    identity: 'Datei mit Ihren Schlüsseln wählen',
    destination: 'Ziel des Bündels wählen',
    save: 'Ordner für die Dokumente wählen',
    export: 'Ordner für die Aktivitäten wählen',
  },
  sealedBundles: 'Versiegelte Bündel',
  allFiles: 'Alle Dateien',
  quitWhileWorking: 'Signet arbeitet noch',
  quitWhileWorkingDetail:
    'Beim Beenden wird die Arbeit abgebrochen, und nichts Halbfertiges bleibt zurück. Ihre Dokumente bleiben, wie sie sind.',
  keepWorking: 'Weiterarbeiten',
  stopAndQuit: 'Abbrechen und beenden',
  jobDone: 'Fertig',
  jobDoneDetail: 'Signet ist fertig. Klicken Sie, um das Ergebnis zu sehen.',
  jobFailed: 'Das hat nicht geklappt',
  jobFailedDetail: 'Signet konnte das nicht abschließen. Klicken Sie, um den Grund zu sehen.',
  cannotOpen: 'Diese Datei lässt sich nicht öffnen',
  cannotOpenBecause: {
    'bundle-missing':
      'Sie ist nicht mehr da. Vielleicht wurde sie verschoben, umbenannt oder gelöscht.',
    'bundle-unreadable': 'Signet darf sie nicht lesen.',
    'not-a-bundle': 'Sie ist kein Bündel, das Signet öffnen kann.',
    'bundle-damaged':
      'Sie ist ein versiegeltes Bündel, aber beschädigt. Bitten Sie noch einmal darum.',
    'format-unsupported':
      'Sie ist auf eine Art gemacht, die Signet nicht lesen kann. Das Programm, das sie gemacht hat, öffnet sie vielleicht.',
    'volume-missing': 'Sie ist ein Teil eines Bündels, und nicht alle anderen liegen daneben.',
    'volume-wrong': 'Sie ist ein Teil eines Bündels, und ein Teil daneben gehört nicht dazu.',
    other: 'Signet konnte sie nicht lesen.',
  },
  cannotStart: 'Signet kann nicht starten',
  cannotStartDetail:
    'Etwas, das Signet braucht, fehlt oder funktioniert auf diesem Rechner nicht. Eine neue Installation kann helfen.',
  screenGone: 'Das Fenster von Signet fällt immer wieder aus',
  screenGoneDetail:
    'Signet wird jetzt beendet. Laufende Arbeit wird abgebrochen und hinterlässt nichts Halbfertiges.',
  broken: 'Signet muss beendet werden',
  brokenDetail:
    'Ein Fehler im Programm verhindert die weitere Arbeit. Ihre Dokumente sind, wie sie waren.',
};

/**
 * The words in the person's language.
 *
 * @param language - as set
 * @param locale - the system's, such as `de-AT`
 */
export function wordsIn(language: Settings['language'], locale: string): Words {
  const wanted = language === 'system' ? locale : language;
  return wanted.split('-', 1)[0] === 'de' ? GERMAN : ENGLISH;
}

/**
 * Why a file cannot be opened, in plain words.
 *
 * @param words - in the person's language
 * @param code - what the core answered
 */
export function whyNotOpened(words: Words, code: ErrorCode): string {
  const reasons: Readonly<Partial<Record<ErrorCode, string>>> = words.cannotOpenBecause;
  return reasons[code] ?? words.cannotOpenBecause.other;
}
