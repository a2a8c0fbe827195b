import type { ErrorRecord } from './errors.ts';

/** What every command answers: a value, or a code with its data. Nothing is ever thrown across the boundary. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorRecord };
