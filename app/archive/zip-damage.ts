import { AppError, type Damage } from '../contract/errors.ts';

/**
 * The failure of an archive that contradicts itself or the format.
 *
 * @param damage - what is wrong
 * @param name - of the entry, where it is about one
 * @param cause - the failure underneath
 */
export function damagedArchive(
  damage: Damage = 'malformed',
  name?: string,
  cause?: unknown,
): AppError {
  const about = name === undefined ? {} : { name };
  return new AppError('bundle-damaged', { part: 'archive', damage, ...about }, cause);
}
