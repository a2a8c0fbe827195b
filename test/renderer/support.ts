import type { BundleView, InboxEntry, JobView } from '../../app/contract/views.ts';

/** A bundle that waits in an inbox. */
export function inboxEntry(given: Partial<InboxEntry> & { readonly id: string }): InboxEntry {
  return {
    connection: 'c1',
    sender: 'ana.lima',
    name: `bundle-${given.id}.tar.age`,
    bytes: 1000,
    received: '2026-03-01T12:00:00.000Z',
    status: 'new',
    ...given,
  };
}

/** A job. */
export function jobView(given: Partial<JobView> & Pick<JobView, 'id' | 'kind'>): JobView {
  return {
    subject: '',
    state: 'running',
    stage: 'fetch',
    bytes: 0,
    started: '2026-03-01T12:00:00.000Z',
    ...given,
  };
}

/** A bundle on the Open screen. */
export function bundleView(given: Partial<BundleView> & { readonly id: string }): BundleView {
  return {
    name: `bundle-${given.id}.tar.age`,
    bytes: 1000,
    format: 'age',
    lockedWith: 'passphrase',
    derivation: { kind: 'scrypt', logN: 18 },
    names: 'sealed',
    opensWith: ['signet', 'age'],
    ...given,
  };
}
