import type { RightsReport } from '../../../../app/contract/views.ts';

/** A right, by its short name. */
export type Right = 'list' | 'put' | 'read' | 'remove';

/** In the order in which they are shown. */
const RIGHTS = ['list', 'put', 'read', 'remove'] as const satisfies readonly Right[];

/** What whoever runs the bucket calls them. */
export const RIGHT_NAMES: Readonly<Record<Right, string>> = {
  list: 's3:ListBucket',
  put: 's3:PutObject',
  read: 's3:GetObject',
  remove: 's3:DeleteObject',
};

/**
 * Which rights there is something to say about. Whoever may not read was not asked to prove a right to delete.
 *
 * @param report - the rights
 */
export function toldRights(report: RightsReport): readonly Right[] {
  const asked = report.read === 'granted' || report.remove !== 'unknown';
  return RIGHTS.filter((right) => right !== 'remove' || asked);
}

/** Whether a connection is good for something. */
export interface Ability {
  readonly answer: 'yes' | 'no' | 'perhaps';
  /** What stands in the way: with `no` the rights that are missing, with `perhaps` those nobody could tell about. */
  readonly rights: readonly Right[];
}

/** What a connection can be used for. */
export interface Abilities {
  readonly send: Ability;
  readonly inbox: Ability;
  /** To delete from S3 what was fetched. Without an inbox it means nothing. */
  readonly tidy: Ability;
}

/**
 * What the rights that were found are good for.
 *
 * @param report - the rights
 */
export function abilitiesOf(report: RightsReport): Abilities {
  return {
    // A name that is taken is found out by listing, and so is that the bundle arrived.
    send: judge(report, ['put', 'list']),
    inbox: judge(report, ['list', 'read']),
    tidy: judge(report, ['remove']),
  };
}

function judge(report: RightsReport, needed: readonly Right[]): Ability {
  const denied = needed.filter((right) => report[right] === 'denied');
  if (denied.length > 0) return { answer: 'no', rights: denied };
  const unknown = needed.filter((right) => report[right] === 'unknown');
  return { answer: unknown.length > 0 ? 'perhaps' : 'yes', rights: unknown };
}
