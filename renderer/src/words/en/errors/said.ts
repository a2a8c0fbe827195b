/** What a person is told of an error: what happened, what it means for the documents, what to do next. */
export interface Said {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

/** The same where the title has a number in it. */
export interface SaidOfMany extends Omit<Said, 'title'> {
  readonly title_one: string;
  readonly title_other: string;
}

/** The words for one code; several where its data tell different stories. */
export type ErrorWords = Said | SaidOfMany | Readonly<Record<string, Said>>;

/** Nothing left the documents' place. */
export const NOTHING_SEALED = 'Nothing was sealed and nothing was sent.';
/** Of S3. */
export const NOTHING_MOVED = 'Nothing was sent, fetched or deleted.';
/** Of email that was not made. */
export const NO_MESSAGE = 'No message was made, and nothing was sent.';
/** Of email that was made. */
export const KEPT = 'The message is kept in the outbox and can be sent again.';
/** Of email that was made, and did not get through. */
export const NOT_SENT = 'The message was not sent. It is kept in the outbox and can be sent again.';
/** Of opening. */
export const NOTHING_SAVED = 'None of its documents was saved. The bundle is untouched.';
