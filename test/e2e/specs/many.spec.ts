import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import { documentLine, readPassphrase, sealNow, sendInto } from '../steps/send.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf } from '../support/files.ts';

const MANY = 5_000;

test('5,000 documents are listed, scrolled to the last and sealed', async ({ app, home }) => {
  test.slow();
  const { page } = app;
  const documents = Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [
      `scan ${String(index).padStart(4, '0')}.txt`,
      `page ${String(index)}`,
    ]),
  );
  writeDocuments(join(home.path, 'Archive'), documents);
  await mkdir(join(home.path, 'Outbox'));

  await app.addFolder(join(home.path, 'Archive'));
  await expect(page.getByText(/^5,000 documents,/)).toBeVisible({ timeout: 150_000 });
  const list = page.getByRole('grid', { name: 'Documents in the bundle' });
  await list.getByRole('row').first().waitFor();
  // What is out of sight is not on the page: that is what keeps it smooth.
  expect(await list.getByRole('row').count()).toBeLessThan(60);
  await list.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await expect(documentLine(page, 'Archive/scan 4999.txt')).toBeVisible();
  expect(await list.getByRole('row').count()).toBeLessThan(60);

  const outbox = join(home.path, 'Outbox');
  await sendInto(app, outbox);
  await sealNow(page);
  const [bundle = ''] = await readdir(outbox);
  const passphrase = await readPassphrase(page);
  const { documents: found } = await contentsOf(join(outbox, bundle), { passphrase });
  const expected = digestsOf(documents);
  expect(found).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, sum]) => [`Archive/${name}`, sum])),
  );
});
