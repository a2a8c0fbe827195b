import type { ErrorCode, ErrorData } from '../../../app/contract/errors.ts';

/** What a person is told: what happened, what it means for the documents, what to do next. */
export interface ErrorText {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

/** How the data of a code become its words. */
export type Wording<C extends ErrorCode> = (data: ErrorData[C]) => ErrorText;

/** The words of some codes. */
export type Wordings = { readonly [C in ErrorCode]?: Wording<C> };

/** Nothing left the documents' place. */
export const NOTHING_SEALED = 'Nothing was sealed and nothing was sent.';
/** Of one upload. */
export const NOTHING_SENT = 'Nothing was sent. Your documents are untouched.';
/** Of S3. */
export const NOTHING_MOVED = 'Nothing was sent, fetched or deleted.';
/** Of opening. */
export const NOTHING_WRITTEN = 'Nothing was restored. The bundle is untouched.';
