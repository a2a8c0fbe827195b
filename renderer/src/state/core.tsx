import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../../app/contract/commands.ts';
import type { Result } from '../../../app/contract/result.ts';
import type { Snapshot } from '../../../app/contract/views.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { Known, Store } from './store.ts';

interface Core {
  readonly bridge: Bridge;
  readonly store: Store;
}

const CoreContext = createContext<Core | null>(null);
const SnapshotContext = createContext<Snapshot | null>(null);

/** Gives the screens below their way to the core. */
export function CoreProvider({
  core,
  children,
}: {
  readonly core: Core;
  readonly children: ReactNode;
}): ReactNode {
  return <CoreContext value={core}>{children}</CoreContext>;
}

/** Gives the screens below the snapshot, once there is one. */
export function SnapshotProvider({
  snapshot,
  children,
}: {
  readonly snapshot: Snapshot;
  readonly children: ReactNode;
}): ReactNode {
  return <SnapshotContext value={snapshot}>{children}</SnapshotContext>;
}

/** The core's bridge and store. */
export function useCore(): Core {
  const core = use(CoreContext);
  if (core === null) throw new Error('outside CoreProvider');
  return core;
}

/** What is known, also while nothing is. */
export function useKnown(): Known {
  const { store } = useCore();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The newest snapshot. */
export function useSnapshot(): Snapshot {
  const snapshot = use(SnapshotContext);
  if (snapshot === null) throw new Error('outside SnapshotProvider');
  return snapshot;
}

/** Runs a command. */
export type Run = <N extends CommandName>(
  name: N,
  input: CommandInput<N>,
) => Promise<Result<CommandOutput<N>>>;

/** The function that runs commands. It stays the same for the life of the page. */
export function useRun(): Run {
  return useCore().bridge.run;
}
