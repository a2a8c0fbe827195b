import type {
  AdviceQuestion,
  AdviceRoute,
  MailService,
  RecipientHas,
} from '../../../app/contract/advice.ts';
import type { FormatId } from '../../../app/contract/formats.ts';

export const ALL_HAS: readonly RecipientHas[] = ['signet', 'archiver', 'browser', 'unknown'];
export const ALL_ROUTES: readonly AdviceRoute[] = ['s3', 'folder', 'email'];
export const ALL_SERVICES: readonly MailService[] = ['gmail', 'outlook', 'company', 'unknown'];
export const ALL_FORMATS: readonly FormatId[] = ['age', 'zip', '7z', 'html'];

const MB = 1_000_000;

/** Around every limit that there is: of mail, of volumes, of pages. */
const ALL_SIZES: readonly number[] = [
  0,
  1,
  5 * MB,
  7 * MB,
  8 * MB,
  14 * MB,
  15 * MB,
  18 * MB,
  19 * MB,
  60 * MB,
  72 * MB,
  100 * MB,
  100 * MB + 1,
  150 * MB,
  185 * MB,
  200 * MB,
  200 * MB + 1,
  5_000 * MB,
];

/** Every question that there is, with every size that makes a difference. */
export const ALL_QUESTIONS: readonly AdviceQuestion[] = ALL_HAS.flatMap((has) =>
  ALL_ROUTES.flatMap((route) =>
    (route === 'email' ? ALL_SERVICES : [undefined]).flatMap((mailService) =>
      [false, true].flatMap((hideNames) =>
        ALL_SIZES.flatMap((bytes) =>
          [1, 1000].map((documents) => ({
            has,
            route,
            mailService,
            hideNames,
            bytes,
            documents,
          })),
        ),
      ),
    ),
  ),
);
