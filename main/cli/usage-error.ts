/** The command line was used wrongly; its message is shown as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
