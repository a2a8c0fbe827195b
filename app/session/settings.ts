import { z } from 'zod';
import type { CommandInput } from '../contract/commands.ts';
import type { Settings } from '../contract/views.ts';
import type { DataFolder } from './data-folder.ts';
import type { Notices } from './notices.ts';

const FILE = 'settings.json';

/** What is wrong in the file counts as not set. */
const stored = z
  .object({
    theme: z.enum(['system', 'light', 'dark']).catch('system'),
    language: z.enum(['system', 'en', 'de']).catch('system'),
    words: z.int().min(5).max(12).catch(7),
  })
  .catch({ theme: 'system', language: 'system', words: 7 });

/** What the person has set. */
export class SettingsStore {
  readonly #folder: DataFolder;
  readonly #notices: Notices;
  #settings: Settings;
  /** One change after the other, so that each builds on the one before. */
  #saving: Promise<unknown> = Promise.resolve();

  private constructor(folder: DataFolder, notices: Notices, settings: Settings) {
    this.#folder = folder;
    this.#notices = notices;
    this.#settings = settings;
  }

  /** Reads what was set before. */
  static async open(folder: DataFolder, notices: Notices): Promise<SettingsStore> {
    return new SettingsStore(folder, notices, stored.parse(await folder.read(FILE)));
  }

  /** As of now. */
  get current(): Settings {
    return this.#settings;
  }

  /**
   * Sets some of them.
   *
   * @throws `settings-unwritable`; nothing is set then
   */
  async save(changes: CommandInput<'saveSettings'>): Promise<void> {
    const saving = this.#saving.then(() => this.#apply(changes));
    this.#saving = saving.catch(() => undefined);
    await saving;
  }

  async #apply({ theme, language, words }: CommandInput<'saveSettings'>): Promise<void> {
    const settings = {
      theme: theme ?? this.#settings.theme,
      language: language ?? this.#settings.language,
      words: words ?? this.#settings.words,
    };
    await this.#folder.write(FILE, settings);
    this.#settings = settings;
    this.#notices.changed();
  }
}
