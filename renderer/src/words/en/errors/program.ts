import { NOTHING_MOVED } from './said.ts';

/** What goes wrong in Signet itself or round about it. */
export const programErrors = {
  internal: {
    title: 'Something went wrong inside Signet',
    meaning: 'Your documents are untouched. Whatever was half-made has been removed.',
    next: 'Try again. If it happens again, please report it with the code below.',
  },
  cancelled: {
    title: 'Cancelled',
    meaning: 'Nothing half-made was left, neither here nor at the destination.',
    next: 'You can start again whenever you like.',
  },
  'engine-unavailable': {
    title: 'A part of Signet is missing ({{engine}})',
    meaning: 'Nothing was sealed or opened.',
    next: 'Install Signet again.',
  },
  'engine-wrong': {
    title: 'Signet does not compute correctly on this computer ({{engine}})',
    meaning: 'Nothing was sealed or opened: the result could not have been trusted.',
    next: 'Please report it with the code below. It should never happen.',
  },
  'input-invalid': {
    title: 'Signet did not understand what the screen asked for',
    meaning: NOTHING_MOVED,
    next: 'Start Signet again. If it happens again, please report it with the code below.',
  },
  'reference-unknown': {
    title: '{{kind}} is not there any more',
    meaning: NOTHING_MOVED,
    next: 'Choose again from what is shown now.',
  },
  'not-available': {
    title: 'That is not possible here',
    meaning: 'Nothing was changed. Some things work only in the app, others only in the browser.',
    next: 'Use the other of the two for this.',
  },
  'host-failed': {
    title: 'The system did not do what it was asked to',
    meaning: 'Your documents are untouched.',
    next: 'Try again.',
  },
  'host-gone': {
    title: 'Signet has stopped',
    meaning: 'Work that was under way was stopped and leaves nothing half-made.',
    next: 'Start Signet again.',
  },
  'settings-unwritable': {
    title: 'Your settings could not be saved to {{path}}',
    meaning: 'What you changed holds only until Signet is closed.',
    next: 'Make sure that there is space on the disk and that the folder can be written to.',
  },
} as const;
