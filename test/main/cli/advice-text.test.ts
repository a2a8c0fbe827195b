import { expect, test } from 'vitest';
import { advise } from '../../../app/openability/advise.ts';
import { adviceSections, noticeText } from '../../../main/cli/advice-text.ts';
import { ALL_QUESTIONS } from '../../app/openability/questions.ts';

const context = {
  route: 'email',
  service: 'gmail',
  sized: true,
  command: 'signet seal --format zip x',
  withSources: true,
} as const;

test('every answer is said in whole calm sentences', () => {
  for (const question of ALL_QUESTIONS) {
    const { route, mailService: service = 'unknown' } = question;
    const sections = adviceSections(advise(question), { ...context, route, service });
    for (const { heading, paragraphs, verbatim } of sections)
      for (const text of [heading, ...(verbatim === true ? [] : paragraphs)]) {
        expect(text).not.toMatch(/!|undefined|null|NaN|\[object|\n| {2}|please/i);
        if (text !== heading)
          expect(text).toMatch(/^(- )?[\p{Lu}\d].*\.$|^- (age|zip|7z|html): .*\.$/su);
      }
  }
});

test('every notice names the tools, sizes and services that it is about', () => {
  for (const question of ALL_QUESTIONS)
    for (const notice of advise(question).notices) {
      const text = noticeText(notice);
      if (notice.code === 'mail-split')
        expect(text).toContain(`${String(notice.data.volumes)} messages`);
      if (notice.code === 'needs-tool' && notice.data.tools.includes('7zip'))
        expect(text).toContain('7-Zip');
      if (notice.code === 'weak-derivation') expect(text).toContain('8 list words (103 bits)');
    }
});

test('an answer names the format, the reason, the line to run, the others and the sources', () => {
  const advice = advise({
    has: 'archiver',
    route: 'email',
    mailService: 'gmail',
    bytes: 30_000_000,
    documents: 2,
  });
  const sections = adviceSections(advice, context);
  expect(sections.map(({ heading }) => heading)).toEqual([
    'Make a ZIP with AES-256.',
    'Sent by email (Gmail), it opens.',
    'Watch for',
    'Run',
    'The other formats',
    'Sources',
  ]);
  expect(sections.slice(0, 4).map(({ paragraphs }) => paragraphs)).toEqual([
    ['7-Zip, Keka and WinZip each open it.'],
    ['7-Zip, Keka and WinZip open it.', 'About 30 MB, 41 MB as an attachment.'],
    [
      '- As an attachment it has 41 MB, and the limit of Gmail is 25 MB: split it over 2 messages.',
      '- Windows Explorer and the Archive Utility of macOS cannot open it, even where a passphrase is asked for. Say which program to use.',
      '- A link or shared storage is safer than email here: nobody on the way looks into it.',
      '- Anybody on the way can read the names of the documents. Add --hide-names to hide them.',
      '- ZIP makes each guess cheap, so only the passphrase protects: at least 8 list words (103 bits).',
    ],
    ['signet seal --format zip x'],
  ]);
  expect(sections.at(-1)?.paragraphs).toContain('  https://support.google.com/mail/answer/6590');
});

test('without a size none is claimed, and without being asked no sources are given', () => {
  const advice = advise({ has: 'signet', route: 's3', bytes: 0, documents: 1 });
  const sections = adviceSections(advice, {
    ...context,
    route: 's3',
    sized: false,
    withSources: false,
  });
  expect(sections.map(({ heading }) => heading)).not.toContain('Sources');
  expect(sections[1]?.paragraphs).toEqual([
    'Signet and age open it.',
    'Its size is unknown: name the documents, or give --size.',
  ]);
});
