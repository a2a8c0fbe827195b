import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { PreloadBridge, Commands } from '../../app/contract/bridge.ts';
import { COMMAND_NAMES } from '../../app/contract/command-names.ts';
import type { HostEvent } from '../../app/contract/events.ts';
import type { Result } from '../../app/contract/result.ts';
import type { Grant } from '../../app/contract/views.ts';
import { EVENT, GRANT, INVOKE } from './channels.ts';

// One function for each command, and no way to name a channel or a command that is not among them.
const commands = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(INVOKE, name, input)]),
) as unknown as Commands;

contextBridge.exposeInMainWorld('signet', {
  commands,
  listen: (onEvent) => {
    // The page gets the event alone: Electron's own first argument would hand it the channel.
    const listener = (_: unknown, event: HostEvent): void => {
      onEvent(event);
    };
    ipcRenderer.on(EVENT, listener);
    return () => {
      ipcRenderer.off(EVENT, listener);
    };
  },
  grantFile: (file) =>
    ipcRenderer.invoke(INVOKE, GRANT, webUtils.getPathForFile(file)) as Promise<Result<Grant>>,
} satisfies PreloadBridge);
