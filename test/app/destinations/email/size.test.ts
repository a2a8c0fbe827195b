import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeDrafts } from '../../../../app/destinations/email/drafts.ts';
import {
  encodedBytes,
  MAX_VOLUMES,
  messageBytes,
  planVolumes,
} from '../../../../app/destinations/email/size.ts';
import { bundleOf, emailOf } from '../../../support/emails.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const MIB = 1024 * 1024;
const KIB = 1024;

describe('the size of a message', () => {
  test('base64 in lines is as long as it is', () => {
    fc.assert(
      fc.property(fc.nat(5000), (bytes) => {
        const lines =
          Buffer.alloc(bytes)
            .toString('base64')
            .match(/.{1,76}/g) ?? [];
        expect(encodedBytes(bytes)).toBe(lines.join('\r\n').length);
      }),
    );
  });

  test.each(['en', 'de'] as const)('is foreseen within 2 KiB (%s)', async (language) => {
    for (const format of ['age', 'zip', '7z', 'html'] as const)
      for (const bytes of [1, 56, 57, 58, 100_000]) {
        const { bundle } = await bundleOf(bytes);
        const [draft] = await composeDrafts(
          emailOf(bundle, { language, format }),
          temporaryFolder(),
          undefined,
          {},
        );
        expect(Math.abs(messageBytes(bytes) - (draft?.bytes ?? 0))).toBeLessThan(2 * KIB);
      }
  });
});

describe('volumes', () => {
  test('a bundle that fits stays whole', () => {
    expect(planVolumes(7 * MIB, 10 * MIB)).toEqual({ count: 1, volumeBytes: 7 * MIB });
  });

  test('one that does not is spread evenly over as few messages as will do', () => {
    const { count, volumeBytes } = planVolumes(20 * MIB, 10 * MIB);
    expect(count).toBe(3);
    expect(volumeBytes).toBe(Math.ceil((20 * MIB) / 3));
  });

  test('none is larger than the limit, and all bytes have their place', () => {
    const bundle = fc.integer({ min: 1, max: 2 ** 33 });
    const limit = fc.integer({ min: 20 * KIB, max: 50 * MIB });
    fc.assert(
      fc.property(bundle, limit, (bytes, most) => {
        let plan;
        try {
          plan = planVolumes(bytes, most);
        } catch (error) {
          expect(error).toMatchObject({ code: 'email-too-large', data: { limit: most } });
          expect(encodedBytes(Math.ceil(bytes / MAX_VOLUMES)) + 5 * KIB).toBeGreaterThan(most);
          return;
        }
        expect(messageBytes(plan.volumeBytes)).toBeLessThanOrEqual(most);
        expect(Math.ceil(bytes / plan.volumeBytes)).toBeLessThanOrEqual(plan.count);
        expect(plan.volumeBytes * plan.count).toBeGreaterThanOrEqual(bytes);
      }),
    );
  });

  test.each([[0], [1000], [4000]])('a limit of %i bytes is none to work with', (limit) => {
    expect(() => planVolumes(1000, limit)).toThrow(
      expect.objectContaining({ code: 'email-too-large' }),
    );
  });
});
