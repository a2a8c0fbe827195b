import type { ReferenceKind } from '../../../app/contract/errors.ts';
import { NOTHING_MOVED, type Wordings } from './said.ts';

const REFERENCES: Record<ReferenceKind, string> = {
  file: 'file',
  document: 'document',
  job: 'task',
  receipt: 'receipt',
  bundle: 'bundle',
  entry: 'bundle',
  connection: 'connection',
  account: 'email account',
  message: 'message',
};

/** What goes wrong in Signet itself or round about it. */
export const programTexts = {
  internal: () => ({
    title: 'Something went wrong inside Signet.',
    meaning: 'Whatever was half-made has been removed.',
    next: 'Run the command again. If it happens again, report it with the code below.',
  }),
  cancelled: () => ({
    title: 'Cancelled.',
    meaning: 'Nothing half-made was left, here or at the destination.',
    next: 'Run the command again whenever you like.',
  }),
  'engine-unavailable': ({ engine }) => ({
    title: `The cipher implementation '${engine}' is not available here.`,
    meaning: 'Nothing was read or written.',
    next: "Leave --engine out; 'signet doctor' shows which ones there are.",
  }),
  'engine-wrong': ({ engine }) => ({
    title: `The cipher implementation '${engine}' computes wrongly on this machine.`,
    meaning: 'Nothing was read or written.',
    next: 'Use another with --engine, and report this: it should never happen.',
  }),
  'input-invalid': () => ({
    title: 'The request could not be understood.',
    meaning: NOTHING_MOVED,
    next: 'Start the program again. If it happens again, report it.',
  }),
  'reference-unknown': ({ kind }) => ({
    title: `That ${REFERENCES[kind]} is not there any more.`,
    meaning: NOTHING_MOVED,
    next: kind === 'message' ? "See 'signet outbox list'." : 'Choose it again.',
  }),
  'not-available': () => ({
    title: 'That is not possible here.',
    meaning: NOTHING_MOVED,
    next: 'Use the desktop app for it.',
  }),
  'host-failed': () => ({
    title: 'The operating system did not do what was asked of it.',
    meaning: 'Your documents are untouched.',
    next: 'Try again.',
  }),
  'host-gone': () => ({
    title: 'Signet is not running any more.',
    meaning: 'Unfinished work was stopped and nothing of it is left behind.',
    next: 'Start it again.',
  }),
  'settings-unwritable': ({ path }) => ({
    title: `Settings cannot be written to ${path}.`,
    meaning: 'What you changed is lost when the program ends.',
    next: 'Check the folder, its permissions and the free space.',
  }),
} satisfies Wordings;
