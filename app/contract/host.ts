import type { HostEvent } from './events.ts';
import type { Result } from './result.ts';
import type { About, Grant, HostView } from './views.ts';

/**
 * What the core asks of the host around it. Everything is asynchronous and takes and gives plain values, because the core runs in a
 * worker thread. A failure is answered by the code `host-failed`.
 */
export interface HostPorts {
  /** Shows the system's dialog; no paths when it is dismissed. */
  chooseFiles(purpose: 'documents' | 'bundle' | 'identity'): Promise<readonly string[]>;
  /** Shows the system's dialog; `null` when it is dismissed. */
  chooseFolder(purpose: 'documents' | 'destination' | 'save' | 'export'): Promise<string | null>;
  /** Puts a text on the clipboard; a secret one is cleared after 60 s if it is still there. */
  copyText(text: string, secret: boolean): Promise<void>;
  /** Shows a file or folder in the system's file manager. */
  showInFolder(path: string): Promise<void>;
  openPage(page: 'age' | 'messages'): Promise<void>;
  /** Opens a draft message that the core has written, in the person's mail program. */
  openMessage(path: string): Promise<void>;
  /** Begins a message in the person's mail program. The address is the core's own: no part of it comes from outside unescaped. */
  openMailto(url: string): Promise<void>;
  /** Keeps the window out of screenshots, or no longer. */
  protectContent(on: boolean): Promise<void>;
  /** The secret of that name, or `null`. */
  readSecret(name: string): Promise<string | null>;
  /** Keeps a secret. `false` when this machine has no safe place for it, and nothing was kept. */
  writeSecret(name: string, secret: string): Promise<boolean>;
  removeSecret(name: string): Promise<void>;
  /** Gives out a path on the host, good for one download of that file within a minute. Only in a browser. */
  offerDownload(file: string, name: string): Promise<string>;
}

/** The folder for messages in the data folder: hosts open nothing that lies elsewhere in a mail program. */
export const OUTBOX_FOLDER = 'outbox';

/** What the core has to know from the start. */
export interface SessionOptions {
  readonly host: HostView;
  readonly version: string;
  /** Settings, connections and activity lie here; made 0700 when it is missing. */
  readonly dataFolder: string;
  /** For bundles fetched from an inbox or made for a download, and for what a browser hands over; private, emptied at both ends. */
  readonly stagingFolder: string;
  /** Where the page's folder picker begins. */
  readonly homeFolder: string;
  /** The packages that are inside, for the screen that names them. */
  readonly licences?: About['licences'] | undefined;
}

/** What one file or folder is that a host lets the core use. */
export interface Granted {
  readonly path: string;
  /** The name inside a bundle, with `/` between folders; the last part of the path unless given. */
  readonly name?: string | undefined;
  /** Whether the file is a copy of Signet's own in the staging folder, deleted when nothing needs it any more. */
  readonly staged?: boolean | undefined;
  /** Whether nothing may be written into it: a folder that came without a dialog of the host's, by a drop say. */
  readonly readOnly?: boolean | undefined;
}

/** The core as a host drives it. No method throws but `close`. */
export interface Session {
  /** Runs a command of the screen's. Both arguments are hostile. */
  invoke(command: unknown, input: unknown): Promise<Result<unknown>>;
  /** Hears every event. Returns what stops it. */
  listen(onEvent: (event: HostEvent) => void): () => void;
  /** Host only: makes files and folders known that the person chose by some way of the host's own. */
  grant(files: readonly Granted[]): Promise<Result<readonly Grant[]>>;
  /** Host only: a bundle that the person opened from outside, by a double click say. */
  openFile(path: string): Promise<Result<null>>;
  /** Host only: how many jobs run. */
  running(): Promise<number>;
  /** Cancels what runs, forgets every secret, empties the staging folder. */
  close(): Promise<void>;
}
