import type { programErrors as english } from '../../en/errors/program.ts';
import type { Words } from '../../catalogue.ts';
import { NOTHING_MOVED } from './said.ts';

/** What goes wrong in Signet itself or round about it. */
export const programErrors: Words<typeof english> = {
  internal: {
    title: 'In Signet ist etwas schiefgegangen',
    meaning: 'Ihre Dokumente sind unverändert. Was halb fertig war, wurde entfernt.',
    next: 'Versuchen Sie es noch einmal. Geschieht es wieder, melden Sie es bitte mit dem Code unten.',
  },
  cancelled: {
    title: 'Abgebrochen',
    meaning: 'Weder hier noch am Ziel ist etwas Halbfertiges zurückgeblieben.',
    next: 'Sie können jederzeit neu beginnen.',
  },
  'engine-unavailable': {
    title: 'Ein Teil von Signet fehlt ({{engine}})',
    meaning: 'Es wurde nichts versiegelt oder geöffnet.',
    next: 'Installieren Sie Signet neu.',
  },
  'engine-wrong': {
    title: 'Signet rechnet auf diesem Computer falsch ({{engine}})',
    meaning:
      'Es wurde nichts versiegelt oder geöffnet: Auf das Ergebnis wäre kein Verlass gewesen.',
    next: 'Bitte melden Sie es mit dem Code unten. Es sollte nie vorkommen.',
  },
  'input-invalid': {
    title: 'Signet hat nicht verstanden, was hier verlangt wurde',
    meaning: NOTHING_MOVED,
    next: 'Starten Sie Signet neu. Geschieht es wieder, melden Sie es bitte mit dem Code unten.',
  },
  'reference-unknown': {
    title: '{{kind}} ist nicht mehr da',
    meaning: NOTHING_MOVED,
    next: 'Wählen Sie neu aus dem, was jetzt angezeigt wird.',
  },
  'not-available': {
    title: 'Das geht hier nicht',
    meaning: 'Es wurde nichts verändert. Manches geht nur in der App, anderes nur im Browser.',
    next: 'Benutzen Sie dafür den anderen Weg von den beiden.',
  },
  'host-failed': {
    title: 'Das System hat nicht getan, worum es gebeten wurde',
    meaning: 'Ihre Dokumente sind unverändert.',
    next: 'Versuchen Sie es noch einmal.',
  },
  'host-gone': {
    title: 'Signet läuft nicht mehr',
    meaning: 'Laufende Arbeit wurde angehalten und hat nichts Halbfertiges hinterlassen.',
    next: 'Starten Sie Signet neu.',
  },
  'settings-unwritable': {
    title: 'Ihre Einstellungen konnten nicht in {{path}} gespeichert werden',
    meaning: 'Was Sie geändert haben, gilt nur, bis Signet geschlossen wird.',
    next: 'Sorgen Sie dafür, dass auf dem Datenträger Platz ist und in den Ordner geschrieben werden kann.',
  },
};
