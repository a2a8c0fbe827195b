import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPageTemplate } from '../../../main/node/page-template.ts';
import { writeDocuments } from '../../support/documents.ts';
import { TEMPLATE } from '../../support/templates.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('the reader of self-opening pages is read where the build put it', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'template.html': TEMPLATE });
  expect(await readPageTemplate(join(folder, 'template.html'))).toEqual(TEMPLATE);
});

test('where it was not built, no page can be made', async () => {
  const missing = readPageTemplate(join(temporaryFolder(), 'template.html'));
  await expect(missing).rejects.toMatchObject({ code: 'page-template-missing', data: {} });
});
