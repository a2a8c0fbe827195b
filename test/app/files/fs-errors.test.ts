import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../app/contract/errors.ts';
import { bundleReadError, outputError, systemCode } from '../../../app/files/fs-errors.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: no secret may come out of here`), { code });
}

test.each<[string, ErrorCode]>([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'disk-full'],
  ['EEXIST', 'output-exists'],
  ['ENOTEMPTY', 'output-exists'],
  ['ENOENT', 'output-missing'],
  ['EACCES', 'output-unwritable'],
  ['EROFS', 'output-unwritable'],
  ['EIO', 'output-unwritable'],
])('%s while writing means %s', (system, code) => {
  const cause = systemError(system);
  expect(outputError(cause, '/x')).toMatchObject({ code, data: { path: '/x' }, cause });
});

test.each<[string, ErrorCode]>([
  ['ENOENT', 'bundle-missing'],
  ['ENOTDIR', 'bundle-missing'],
  ['EISDIR', 'not-a-bundle'],
  ['EACCES', 'bundle-unreadable'],
  ['EIO', 'bundle-unreadable'],
])('%s while reading a bundle means %s', (system, code) => {
  expect(bundleReadError(systemError(system), '/x')).toMatchObject({ code, data: { path: '/x' } });
});

test.each([outputError, bundleReadError])('%o passes on an error that is ours already', (how) => {
  const ours = new AppError('cancelled', {});
  expect(how(ours, '/x')).toBe(ours);
});

test.each([outputError, bundleReadError])('%o calls what nobody foresaw internal', (how) => {
  const error = how(new Error('whatever'), '/x');
  expect(error).toMatchObject({ code: 'internal', data: {} });
  expect(error.message).toBe('internal');
});

test.each([undefined, null, 'ENOENT', {}, new Error('x'), Object.assign(new Error(), { code: 5 })])(
  '%o has no system code',
  (thrown) => {
    expect(systemCode(thrown)).toBeUndefined();
  },
);
