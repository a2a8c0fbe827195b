import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderDestination } from '../../app/destinations/folder.ts';
import { send } from '../../app/send.ts';
import { cancelledAt, interruptedBy } from '../support/jobs.ts';
import { openFilesUnder } from '../support/open-files.ts';
import { request, workplace } from '../support/workplace.ts';

const SOURCES = ['client/passport.pdf', 'client/accounts/2025.bin'];

describe.each(SOURCES)('%s', (name) => {
  test.each(['collected and read', 'sealing began and ended'])(
    'that changes between %s fails by name, and nothing is left',
    async (when) => {
      const { folder, input, out } = workplace();
      const path = join(folder, 'in', name);
      const job = interruptedBy(
        ({ stage, bytes }) => (when === 'collected and read' ? stage === 'derive' : bytes > 0),
        () => {
          appendFileSync(path, 'x');
        },
      );
      // The large document is read first: when it is under way, both can still change.
      await expect(send(request(input), folderDestination(out), job)).rejects.toMatchObject({
        code: 'document-changed',
        data: { name },
      });
      expect(readdirSync(out)).toEqual([]);
      expect(openFilesUnder(folder)).toEqual([]);
    },
  );

  test('that vanishes fails by name, and nothing is left', async () => {
    const { folder, input, out } = workplace();
    const job = interruptedBy(
      ({ stage }) => stage === 'derive',
      () => {
        rmSync(join(folder, 'in', name));
      },
    );
    await expect(send(request(input), folderDestination(out), job)).rejects.toMatchObject({
      code: 'document-missing',
      data: { name },
    });
    expect(readdirSync(out)).toEqual([]);
  });
});

test('cancelling at any moment leaves nothing', async () => {
  const { folder, input, out } = workplace();
  let steps = 0;
  for (; readdirSync(out).length === 0; steps += 1) {
    try {
      await send(request(input), folderDestination(out), cancelledAt(steps));
    } catch (error) {
      expect(error).toMatchObject({ code: 'cancelled' });
      expect(readdirSync(out)).toEqual([]);
      expect(openFilesUnder(folder)).toEqual([]);
    }
  }
  // While the documents are found, before sealing, and while they are read and written.
  expect(steps).toBeGreaterThan(10);
});
