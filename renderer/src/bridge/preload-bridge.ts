import type { PreloadBridge } from '../../../app/contract/bridge.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../../app/contract/commands.ts';
import type { Result } from '../../../app/contract/result.ts';
import { HOST_GONE, type Bridge } from './bridge.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload. */
    readonly signet?: PreloadBridge;
  }
}

/**
 * The bridge over Electron's preload.
 *
 * @param preload - what the preload put into the page
 */
export function preloadBridge(preload: PreloadBridge): Bridge {
  return {
    run: <N extends CommandName>(name: N, input: CommandInput<N>) => {
      const command: (input: CommandInput<N>) => Promise<Result<CommandOutput<N>>> =
        preload.commands[name];
      return command(input).catch(() => HOST_GONE);
    },
    listen: (onEvent) => preload.listen(onEvent),
    grantFile: (file) => preload.grantFile(file).catch(() => HOST_GONE),
    dropsFolders: true,
  };
}
