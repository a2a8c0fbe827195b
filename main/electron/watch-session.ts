import type { Session } from '../../app/contract/host.ts';
import type { JobView, Settings, Snapshot } from '../../app/contract/views.ts';

/** What the host looks at of the core's state. */
export interface Seen {
  readonly jobs: readonly JobView[];
  readonly settings: Settings;
}

/**
 * Follows the core's state as the screen does: fetches it when it changed, and takes progress as it comes.
 *
 * @param session - the core
 * @param onSeen - hears the state now and after each change
 */
export function watchSession(
  session: Pick<Session, 'invoke' | 'listen'>,
  onSeen: (seen: Seen) => void,
): void {
  let snapshot: Snapshot | undefined;
  let fetching = false;
  let again = false;

  const fetch = async (): Promise<void> => {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    do {
      again = false;
      const result = await session.invoke('getSnapshot', {});
      // `again` may have changed while waiting, which the compiler does not see.
      if (result.ok) snapshot = result.value as Snapshot;
      // A core that is gone works no more.
      else if (snapshot !== undefined) snapshot = { ...snapshot, jobs: [] };
    } while (again as boolean);
    fetching = false;
    if (snapshot !== undefined) onSeen(snapshot);
  };

  session.listen((event) => {
    if (event.kind === 'changed') {
      void fetch();
      return;
    }
    if (snapshot === undefined || event.revision < snapshot.revision) return;
    const { job } = event;
    if (!snapshot.jobs.some(({ id }) => id === job.id)) return;
    snapshot = { ...snapshot, jobs: snapshot.jobs.map((old) => (old.id === job.id ? job : old)) };
    onSeen(snapshot);
  });
  void fetch();
}
