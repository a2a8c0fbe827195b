import { expect, test } from 'vitest';
import { whyOf } from '../../../../renderer/src/screens/activity/why.ts';

test('a code has a reason in words', () => {
  expect(whyOf('s3-denied')).toBe('access');
  expect(whyOf('wrong-passphrase')).toBe('passphrase');
  expect(whyOf('smtp-busy')).toBe('network');
  expect(whyOf('volume-missing')).toBe('damaged');
});

test.each(['a-code-of-a-later-version', '', 'constructor', '__proto__'])(
  'what is no code, such as “%s”, has no reason that is known',
  (code) => {
    expect(whyOf(code)).toBe('unknown');
  },
);
