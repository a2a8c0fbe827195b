import { vi } from 'vitest';
import type * as Parts from '../../app/destinations/parts.ts';

/*
 * Stands in for app/destinations/parts.ts where a test is about what goes wrong between parts and not about their size: parts as
 * small as Amazon S3 takes them, and few of them. The tests against the real server use the real ones.
 */
const actual = await vi.importActual<typeof Parts>('../../app/destinations/parts.ts');

export const { cutParts } = actual;
export const PART_BYTES = 5 * 1024 * 1024;
export const MAX_PARTS = 4;

/** Every bundle gets the smallest parts. */
export function partSizeFor(): number {
  return PART_BYTES;
}
