import type { About, Snapshot } from '../contract/views.ts';
import { requireHost } from './available.ts';
import type { Handlers } from './handler.ts';
import { fromHost } from './host-calls.ts';
import type { Parts } from './parts.ts';

type ScreenCommand =
  | 'getSnapshot'
  | 'cancelJob'
  | 'dismissJob'
  | 'copyText'
  | 'getAbout'
  | 'openPage'
  | 'forgetSecrets';

/** What the screen is told of itself. */
export interface Screen {
  /** Grows when it has to forget what secrets it shows and holds. */
  locked: number;
}

/**
 * What belongs to no screen of its own.
 *
 * @param parts - of the session
 * @param screen - changed when secrets are to be forgotten
 */
export function screenHandlers(parts: Parts, screen: Screen): Handlers<ScreenCommand> {
  const { jobs, ports, draft, receipts, bundles, notices } = parts;
  return {
    getSnapshot: () => snapshotOf(parts, screen),
    cancelJob: ({ job }) => {
      jobs.cancel(job);
      return null;
    },
    dismissJob: ({ job }) => {
      jobs.dismiss(job);
      return null;
    },
    copyText: async ({ text, secret }) => {
      requireHost(parts, 'electron', 'copyText');
      await fromHost(() => ports.copyText(text, secret));
      return null;
    },
    getAbout: () => aboutOf(parts),
    openPage: async ({ page }) => {
      await fromHost(() => ports.openPage(page));
      return null;
    },
    // What goes from the screen: everything shown and typed, and what opened a bundle. What stays in the core: the passphrase of a
    // bundle that is being sealed, or was sealed and not yet told to anybody, because without it the bundle could never be opened.
    forgetSecrets: async () => {
      screen.locked += 1;
      notices.changed();
      bundles.forgetSecrets();
      receipts.forgetShared();
      await draft.forgetSecrets();
      await fromHost(() => ports.protectContent(false));
      return null;
    },
  };
}

function snapshotOf(parts: Parts, { locked }: Screen): Snapshot {
  return {
    revision: parts.notices.revision,
    host: parts.options.host,
    settings: parts.settings.current,
    connections: parts.connections.views(),
    accounts: parts.accounts.views(),
    outbox: parts.outbox.count,
    draft: parts.draft.view(),
    jobs: parts.jobs.views(),
    receipts: parts.receipts.views(),
    bundle: parts.bundles.view(),
    activity: parts.activity.revision,
    locked,
  };
}

/** What runs Signet, in the words of those who ask for it in a report. */
const RUNTIME = { electron: 'Electron', chrome: 'Chromium', node: 'Node.js', v8: 'V8' } as const;

async function aboutOf({ app, options }: Parts): Promise<About> {
  const versions: Readonly<Record<string, string | undefined>> = process.versions;
  const runtime = Object.entries(RUNTIME).flatMap(([key, name]) => {
    const version = versions[key];
    return version === undefined ? [] : [{ name, version }];
  });
  const { version, dataFolder, licences = [] } = options;
  return { version, runtime, dataFolder, page: await app.pageDigest(), licences };
}
