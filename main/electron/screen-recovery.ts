import type { WebContents } from 'electron';

/** A page that fails more often than this is not going to get better by loading it once more. */
const MOST_FAILURES = 3;
const WITHIN_MS = 60_000;

/**
 * Loads the page again after its process died. The work goes on in the core, and the page catches up from the snapshot.
 *
 * @param contents - of the window
 * @param onHopeless - called instead, when it keeps failing
 */
export function recoverScreen(
  contents: Pick<WebContents, 'on' | 'reload'>,
  onHopeless: () => void,
): void {
  let failures: number[] = [];
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    failures = [...failures.filter((at) => now - at < WITHIN_MS), now];
    if (failures.length > MOST_FAILURES) onHopeless();
    else contents.reload();
  });
}
