import type { JobView } from './views.ts';

/**
 * What a host tells the screen unasked. Revisions come from one counter: the screen drops what is older than what it has.
 * `changed` is a reason to fetch the snapshot; `progress` is sent at most ten times a second for each job and stands for itself.
 */
export type HostEvent =
  | { readonly kind: 'changed'; readonly revision: number }
  | { readonly kind: 'progress'; readonly revision: number; readonly job: JobView };
