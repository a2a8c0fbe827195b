/** The command line was used wrongly. Its message says how, in a sentence of ours. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do next. */
  readonly next: string;

  /**
   * @param message - how; it may repeat what was typed
   * @param next - what to do next
   */
  constructor(message: string, next = "See 'signet --help'.") {
    super(message);
    this.next = next;
  }
}
