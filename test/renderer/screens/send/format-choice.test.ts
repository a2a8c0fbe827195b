import { expect, test } from 'vitest';
import type { AdviceNotice } from '../../../../app/contract/advice.ts';
import { COMMANDS } from '../../../../app/contract/commands.ts';
import { advise } from '../../../../app/openability/advise.ts';
import {
  adviceOn,
  effectiveWish,
  questionFor,
  routeOf,
  sortNotices,
  wantedFormat,
} from '../../../../renderer/src/screens/send/format-choice.ts';
import type { FormatWish } from '../../../../renderer/src/screens/send/use-send-form.ts';

const NOTHING: FormatWish = { has: null, byName: null, hideNames: false };
const AGE = { format: 'age', hideNames: false } as const;
const ZIP = { format: 'zip', hideNames: false } as const;

const adviceFor = (wish: FormatWish, route: 'folder' | 'email' = 'folder') =>
  advise({ ...questionFor(wish.has, route, 'gmail', wish.hideNames), bytes: 1e6, documents: 3 });

test('without an answer nothing is changed', () => {
  expect(wantedFormat(NOTHING, adviceFor(NOTHING), AGE)).toBeNull();
});

test.each([
  ['signet', 'age'],
  ['archiver', 'zip'],
  ['browser', 'html'],
  ['unknown', 'html'],
] as const)('a recipient with %s gets a bundle that is %s', (has, format) => {
  const wish = { ...NOTHING, has };
  const before = { format: '7z', hideNames: false } as const;
  const wanted = wantedFormat(wish, adviceFor(wish), before);
  expect(wanted).toEqual({ format, hideNames: false });
  expect(COMMANDS.setFormat.input.parse(wanted)).toEqual(wanted);
  expect(wantedFormat(wish, adviceFor(wish), { format, hideNames: false })).toBeNull();
});

test('a kind that was chosen by its name stays', () => {
  const wish: FormatWish = { has: 'browser', byName: 'zip', hideNames: false };
  expect(wantedFormat(wish, adviceFor(wish), ZIP)).toBeNull();
});

test('the wish to hide the names changes a ZIP, and nothing that hides them anyway', () => {
  const archiver: FormatWish = { has: 'archiver', byName: null, hideNames: true };
  expect(wantedFormat(archiver, adviceFor(archiver), ZIP)).toEqual({
    format: 'zip',
    hideNames: true,
  });
  const signet: FormatWish = { ...archiver, has: 'signet' };
  expect(wantedFormat(signet, adviceFor(signet), AGE)).toBeNull();
});

test('hidden names by mail that refuses a ZIP in a ZIP become a 7z', () => {
  const wish: FormatWish = { has: 'archiver', byName: null, hideNames: true };
  expect(wantedFormat(wish, adviceFor(wish, 'email'), ZIP)?.format).toBe('7z');
});

test('what the draft was before the page was loaded counts as chosen by its name', () => {
  expect(effectiveWish(NOTHING, { format: 'zip', hideNames: true })).toEqual({
    has: null,
    byName: 'zip',
    hideNames: true,
  });
  expect(effectiveWish(NOTHING, AGE)).toBe(NOTHING);
  const said: FormatWish = { ...NOTHING, has: 'browser' };
  expect(effectiveWish(said, ZIP)).toBe(said);
});

test('a download is handed over like a file in a folder', () => {
  expect(routeOf({ kind: 'download' })).toBe('folder');
  expect(routeOf(null)).toBe('folder');
  expect(routeOf({ kind: 'email' })).toBe('email');
});

test('the mail is asked about only where it goes by mail, as the contract takes it', () => {
  const { input } = COMMANDS.advise;
  for (const route of ['s3', 'folder', 'email'] as const) {
    const question = questionFor('unknown', route, 'gmail', false);
    expect(input.parse(question)).toEqual(question);
    expect('mailService' in question).toBe(route === 'email');
  }
});

test('what is said is said of the kind that the draft is of', () => {
  const advice = adviceFor({ ...NOTHING, has: 'browser' });
  expect(adviceOn(advice, 'age').verdict).toBe('does-not-open');
  expect(adviceOn(advice, 'html').verdict).toBe('opens');
});

const NOTICES: readonly AdviceNotice[] = [
  { code: 'mail-split', data: { bytes: 2, limit: 1, service: 'gmail', volumes: 2 } },
  { code: 'not-with-system-tools', data: { tools: ['windows-explorer'] } },
  { code: 'encrypted-may-be-held', data: { service: 'gmail' } },
  { code: 'prefer-shared-storage', data: {} },
  { code: 'names-visible', data: {} },
  { code: 'weak-derivation', data: { words: 8, bits: 103 } },
];

test('the most important two are shown, and what stands elsewhere is not said twice', () => {
  const { first, more } = sortNotices(NOTICES);
  expect(first.map(({ code }) => code)).toEqual(['not-with-system-tools', 'encrypted-may-be-held']);
  expect(more.map(({ code }) => code)).toEqual(['prefer-shared-storage', 'names-visible']);
});

test('nobody has to click for a single line', () => {
  const { first, more } = sortNotices(NOTICES.slice(1, 4));
  expect([first.length, more.length]).toEqual([3, 0]);
});
