import type { App } from '../app.ts';
import type { Document } from './documents.ts';

/** Images that are looked into at the same time. */
const TOGETHER = 2;
/** While many are looked into, it is told at most so often, in milliseconds. */
const INTERVAL_MS = 500;

/** Looks into images in the background, for whether they say where they were taken. */
export class Locations {
  readonly #app: App;
  readonly #onFound: () => void;
  #unseen: Document[] = [];
  /** Who looks; another set after a stop, so that those of before count no more. */
  #looking = new Set<object>();
  #told = -Infinity;

  /**
   * @param app - looks into an image
   * @param onFound - called when a document has got a remark, not for each, and at the end
   */
  constructor(app: App, onFound: () => void) {
    this.#app = app;
    this.#onFound = onFound;
  }

  /** Whether there is something left to look into. */
  get busy(): boolean {
    return this.#looking.size > 0;
  }

  /**
   * Looks into documents, too. What is found out is noted on them; what cannot be found out is not.
   *
   * @param documents - of the draft
   */
  add(documents: readonly Document[]): void {
    for (const document of documents) this.#unseen.push(document);
    while (this.#looking.size < TOGETHER && this.#unseen.length > 0) void this.#look();
  }

  /** Forgets what was not looked into. */
  stop(): void {
    this.#unseen = [];
    this.#looking = new Set();
  }

  async #look(): Promise<void> {
    const looking = this.#looking;
    const me = {};
    looking.add(me);
    while (looking === this.#looking) {
      const next = this.#unseen.pop();
      if (next === undefined) break;
      next.location = await this.#app.tellsLocation(next.path).catch(() => false);
      if (next.location) this.#tell();
    }
    looking.delete(me);
    if (looking === this.#looking) this.#onFound();
  }

  #tell(): void {
    if (performance.now() - this.#told < INTERVAL_MS) return;
    this.#told = performance.now();
    this.#onFound();
  }
}
