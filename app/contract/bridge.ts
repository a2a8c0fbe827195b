import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import type { HostEvent } from './events.ts';
import type { Result } from './result.ts';
import type { Grant } from './views.ts';

/** One function for each command. */
export type Commands = {
  readonly [N in CommandName]: (input: CommandInput<N>) => Promise<Result<CommandOutput<N>>>;
};

/** What Electron's preload puts into the page, as `window.signet`. */
export interface PreloadBridge {
  readonly commands: Commands;
  /**
   * Hears what the host has to tell.
   *
   * @returns stops it
   */
  listen(onEvent: (event: HostEvent) => void): () => void;
  /** Hands over a file or folder that was dropped on the page; its path never enters the page. */
  grantFile(file: File): Promise<Result<Grant>>;
}
