import type { BrowserContext, Page } from '@playwright/test';

/** The app as a person has it before them, however it runs. */
export interface Driver {
  readonly kind: 'web' | 'standin' | 'electron';
  /** The page that the person looks at; another one after a restart. */
  readonly page: Page;
  /** Adds documents by the button, as the person would choose them. */
  addFiles(paths: readonly string[]): Promise<void>;
  /** Adds a folder by the button. */
  addFolder(path: string): Promise<void>;
  /** Does what asks for a folder, and then chooses that one. */
  chooseFolder(path: string, ask: () => Promise<void>): Promise<void>;
  /** Does what asks for files, and then chooses these. */
  chooseFiles(paths: readonly string[], ask: () => Promise<void>): Promise<void>;
  /** Drops files and folders on the window. */
  drop(paths: readonly string[]): Promise<void>;
  /** What is on the clipboard. */
  clipboard(): Promise<string>;
  /** Ends the app as a power cut would. */
  kill(): Promise<void>;
  /** Ends the app as it should end, so that its settings stay. */
  end(): Promise<void>;
  /** Ends the app as it should end, and starts it again with the same settings. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Where an app under test keeps what is its own. */
export interface Home {
  /** The person's home folder. */
  readonly path: string;
  /** Settings, connections, activity. */
  readonly data: string;
}

/** What surrounds an app under test. */
export interface Surroundings {
  readonly home: Home;
  /** What its process sees besides a plain environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the machine has a safe place for secrets. The loopback host finds out by itself. */
  readonly keychain: boolean;
  /** Whether the system's theme is dark. */
  readonly dark: boolean;
  /** Makes what a page lies in, as the test wants its theme and its size. */
  newContext(): Promise<BrowserContext>;
  /** Hears every page that comes up, before anything is shown in it. */
  watch(context: BrowserContext): void;
}

/**
 * What a program under test sees: nothing of whoever runs the tests, and no credentials.
 *
 * @param around - whose home it is, and what else it sees
 */
export function environmentOf({
  home,
  env,
}: Pick<Surroundings, 'home' | 'env'>): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    HOME: home.path,
    SIGNET_DATA: home.data,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
}
