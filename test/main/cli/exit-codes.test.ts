import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../app/contract/errors.ts';
import { EXIT, exitCodeFor } from '../../../main/cli/exit-codes.ts';
import { ERROR_SAMPLES } from '../../support/error-samples.ts';

const CODES = Object.keys(ERROR_SAMPLES) as ErrorCode[];

test('the numbers are those that scripts rely on', () => {
  expect(EXIT).toEqual({
    done: 0,
    failed: 1,
    usage: 2,
    locked: 3,
    damaged: 4,
    refused: 5,
    cancelled: 6,
  });
});

test.each(CODES)('%s is never success', (code) => {
  expect(exitCodeFor(code)).toBeGreaterThanOrEqual(1);
  expect(exitCodeFor(code)).toBeLessThanOrEqual(6);
});

test('only a cancelled command ends with 6', () => {
  expect(CODES.filter((code) => exitCodeFor(code) === EXIT.cancelled)).toEqual(['cancelled']);
});

test('a wrong passphrase and a wrong key end with 3', () => {
  expect(CODES.filter((code) => exitCodeFor(code) === EXIT.locked)).toEqual([
    'wrong-passphrase',
    'no-matching-key',
    'passphrase-needed',
    'key-needed',
  ]);
});

test('what is no bundle, not whole or made by no honest sender ends with 4', () => {
  expect(CODES.filter((code) => exitCodeFor(code) === EXIT.damaged)).toEqual([
    'not-a-bundle',
    'bundle-damaged',
    'unsafe-entry',
    'duplicate-entry',
    'format-unsupported',
    'volume-missing',
    'volume-wrong',
  ]);
});

test('every trouble with S3, with a mail server and with the folder written to ends with 5', () => {
  const refusals = CODES.filter((code) => /^(?:s3|smtp|output|disk)-/.test(code));
  expect(refusals.length).toBeGreaterThan(25);
  expect(new Set(refusals.map(exitCodeFor))).toEqual(new Set([EXIT.refused]));
});

test.each([
  'email-address',
  'email-no-recipients',
  'email-account-invalid',
  'format-needs-passphrase',
] as const)('%s is wrong usage', (code) => {
  expect(exitCodeFor(code)).toBe(EXIT.usage);
});
