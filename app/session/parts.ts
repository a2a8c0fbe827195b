import type { App, PassphraseMemory } from '../app.ts';
import type { HostPorts, SessionOptions } from '../contract/host.ts';
import { Accounts } from './accounts.ts';
import { ActivityLog } from './activity.ts';
import { Bundles } from './bundles.ts';
import { Connections } from './connections.ts';
import { DataFolder } from './data-folder.ts';
import { Draft } from './draft.ts';
import { Grants } from './grants.ts';
import { Inboxes } from './inboxes.ts';
import { Jobs } from './jobs.ts';
import { Notices } from './notices.ts';
import { Outbox } from './outbox.ts';
import { Receipts } from './receipts.ts';
import { SettingsStore } from './settings.ts';
import { Staging } from './staging.ts';

/** Everything that a session is made of. */
export interface Parts {
  readonly app: App;
  readonly options: SessionOptions;
  readonly ports: HostPorts;
  readonly notices: Notices;
  readonly jobs: Jobs;
  readonly grants: Grants;
  readonly staging: Staging;
  readonly settings: SettingsStore;
  readonly connections: Connections;
  readonly accounts: Accounts;
  readonly activity: ActivityLog;
  readonly draft: Draft;
  readonly receipts: Receipts;
  /** Of every bundle that was sealed, and of those that were typed to open one. */
  readonly passphrases: PassphraseMemory;
  readonly outbox: Outbox;
  readonly bundles: Bundles;
  readonly inboxes: Inboxes;
  /** Aborted when the session closes. */
  readonly closing: AbortSignal;
}

/**
 * Makes the parts, and reads what earlier sessions kept.
 *
 * @param app - the core
 * @param options - what the host says
 * @param ports - the host's
 * @param closing - aborted when the session closes
 * @throws `output-unsafe`, `output-unwritable`, `disk-full` when there can be no private folder
 */
export async function makeParts(
  app: App,
  options: SessionOptions,
  ports: HostPorts,
  closing: AbortSignal,
): Promise<Parts> {
  const { stagingFolder, dataFolder, homeFolder } = options;
  const folder = await DataFolder.open(dataFolder);
  const staging = await Staging.open(stagingFolder, [dataFolder, homeFolder]);
  const notices = new Notices();
  const jobs = new Jobs(notices);
  const settings = await SettingsStore.open(folder, notices);
  const [connections, accounts, activity, draft] = await Promise.all([
    Connections.open(folder, notices, ports),
    Accounts.open({ app, folder, notices, store: ports }),
    ActivityLog.open(folder, notices),
    Draft.start({ app, notices, staging, words: () => settings.current.words }),
  ]);
  const receipts = new Receipts(notices, staging);
  const outbox = await Outbox.open(folder, { app, jobs, notices, accounts, activity, receipts });
  const bundles = new Bundles({ app, jobs, notices, staging, activity });
  const inboxes = new Inboxes({ app, jobs, bundles, connections, activity, staging });
  return {
    app,
    options,
    ports,
    notices,
    jobs,
    grants: new Grants(),
    staging,
    settings,
    connections,
    accounts,
    activity,
    draft,
    receipts,
    passphrases: await app.passphraseMemory(),
    outbox,
    bundles,
    inboxes,
    closing,
  };
}
