import type { CommandInput, CommandName, CommandOutput } from '../../../app/contract/commands.ts';
import type { HostEvent } from '../../../app/contract/events.ts';
import type { Result } from '../../../app/contract/result.ts';
import type { Grant } from '../../../app/contract/views.ts';

/** The screen's way to its host, whichever that is. Nothing here throws: what fails is a result. */
export interface Bridge {
  readonly run: <N extends CommandName>(
    name: N,
    input: CommandInput<N>,
  ) => Promise<Result<CommandOutput<N>>>;
  /** Hears what the host has to tell. Returns what stops it. */
  readonly listen: (onEvent: (event: HostEvent) => void) => () => void;
  /**
   * Hands over a file (in Electron also a folder) that was dropped or picked in the page.
   *
   * @param file - as the browser gave it
   * @param name - its name with the folders that it was dropped in
   */
  readonly grantFile: (file: File, name?: string) => Promise<Result<Grant>>;
  /** Electron sees folders in a drop as they are; a browser hands out the files in them one by one. */
  readonly dropsFolders: boolean;
}

/** The answer when there is nobody to ask any more. */
export const HOST_GONE = { ok: false, error: { code: 'host-gone', data: {} } } as const;
