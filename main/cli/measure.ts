import { basename, resolve } from 'node:path';
import type { App } from '../../app/app.ts';
import { AppError } from '../../app/contract/errors.ts';
import type { Job } from '../../app/contract/job.ts';

/** How much there is to seal. */
export interface Measure {
  /** Size of all documents together, in bytes. */
  readonly bytes: number;
  readonly documents: number;
}

/**
 * Measures documents, all of which have to be such as could be sealed.
 *
 * @param paths - files and folders
 * @param app - looks at them
 * @param job - to be stopped by
 * @throws `document-missing`, `document-unreadable`, `document-special`, `too-many-documents`, `cancelled`
 */
export async function measureDocuments(
  paths: readonly string[],
  app: App,
  job: Job,
): Promise<Measure> {
  const { MAX_DOCUMENTS } = await import('../../app/app.ts');
  let bytes = 0;
  let documents = 0;
  for (const path of paths) {
    const survey = await app.survey(path, basename(resolve(path)), MAX_DOCUMENTS - documents, job);
    for (const { name, fault, bytes: each } of survey.documents) {
      if (fault !== undefined) throw faultError(name, fault);
      bytes += each;
    }
    documents += survey.documents.length;
  }
  return { bytes, documents };
}

type Fault = NonNullable<Awaited<ReturnType<App['survey']>>['documents'][number]['fault']>;

function faultError(name: string, fault: Fault): AppError {
  switch (fault.kind) {
    case 'missing':
      return new AppError('document-missing', { name });
    case 'unreadable':
      return new AppError('document-unreadable', { name });
    case 'special':
      return new AppError('document-special', { name, kind: fault.special });
  }
}
