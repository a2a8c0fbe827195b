import { AppError } from '../contract/errors.ts';
import type { CommandName } from '../contract/commands.ts';
import type { Parts } from './parts.ts';

/**
 * Refuses a command that the host has no use for.
 *
 * @param parts - of the session
 * @param kind - of the host that has
 * @param command - the command
 * @throws `not-available`
 */
export function requireHost(
  { options }: Parts,
  kind: 'electron' | 'web',
  command: CommandName,
): void {
  if (options.host.kind !== kind) throw new AppError('not-available', { command });
}

/**
 * Refuses to start more than anybody could want.
 *
 * @param parts - of the session
 * @param command - the command
 * @throws `not-available`
 */
export function requireRoom({ jobs }: Parts, command: CommandName): void {
  if (jobs.full) throw new AppError('not-available', { command });
}
