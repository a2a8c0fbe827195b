import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseAddress,
  parseAddressList,
  parseRecipients,
} from '../../../../app/destinations/email/address.ts';

describe('an address', () => {
  test.each([
    ['a@b.example', '', 'a@b.example'],
    ['  a@b.example ', '', 'a@b.example'],
    ['<a@b.example>', '', 'a@b.example'],
    ['Ann Lee <a.l+x@b.example>', 'Ann Lee', 'a.l+x@b.example'],
    ['"Lee, Ann" <a@b.example>', 'Lee, Ann', 'a@b.example'],
    ['Zoë 履歴書 <a@b.example>', 'Zoë 履歴書', 'a@b.example'],
    ['a@Bücher.example', '', 'a@xn--bcher-kva.example'],
    ['a@MAIL.Example', '', 'a@mail.example'],
    ["o'neil!#$%&*@b.example", '', "o'neil!#$%&*@b.example"],
  ])('%s is read', (text, name, address) => {
    expect(parseAddress(text)).toEqual({ name, address });
  });

  test.each([
    '',
    'nobody',
    '@b.example',
    'a@',
    'a@b',
    'a@b..example',
    'a@.example',
    'a@b.example.',
    'a@-b.example',
    'a@b-.example',
    'a@127.0.0.1',
    'a@[127.0.0.1]',
    'a@1.2.3',
    'a@b.example:25',
    'a@b%41.example',
    'a@b/c.example',
    'a b@c.example',
    'a..b@c.example',
    '.a@c.example',
    'a.@c.example',
    'a@b@c.example',
    '"a b"@c.example',
    'é@b.example',
    'a(comment)@b.example',
    'a@b.example, c@d.example',
    'Name <a@b.example> <c@d.example>',
    'Na"me <a@b.example>',
    'Name <a@b.example',
    'a@b.example\r\nBcc: c@d.example',
    'Name\r\nBcc: c@d.example <a@b.example>',
    'Name\n <a@b.example>',
    'Name\u2028<a@b.example>',
    'Na\u202eme <a@b.example>',
    'a\0@b.example',
    'a@b.exam\u00adple',
    '\ud800 <a@b.example>',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
    `${'n'.repeat(201)} <a@b.example>`,
  ])('%j is refused', (text) => {
    expect(() => parseAddress(text)).toThrow(
      expect.objectContaining({ code: 'email-address', data: { address: text.slice(0, 320) } }),
    );
  });

  test('whatever is read is one line of ASCII that reads the same again', () => {
    const part = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(part, part, part, (name, local, domain) => {
        const text = `${name} <${local}@${domain}.example>`;
        let read;
        try {
          read = parseAddress(text);
        } catch {
          return;
        }
        expect(read.address).toMatch(/^[!-~]+$/);
        expect(read.address.split('@')).toHaveLength(2);
        expect(read.name).not.toMatch(/[\r\n"<>]/);
        expect(parseAddress(read.address).address).toBe(read.address);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a field of addresses', () => {
  test('may have commas and semicolons between them, and in quoted names', () => {
    const list = parseAddressList('a@b.example; "Lee, Ann" <c@d.example>,, e@f.example,');
    expect(list.map(({ address }) => address)).toEqual([
      'a@b.example',
      'c@d.example',
      'e@f.example',
    ]);
    expect(parseAddressList(' ')).toEqual([]);
  });

  test('names who is in it twice once', () => {
    const twice = ['a@b.example', 'Ann <A@B.example>, c@d.example'];
    expect(parseRecipients(twice).map(({ address }) => address)).toEqual([
      'a@b.example',
      'c@d.example',
    ]);
  });

  test('without anybody is refused', () => {
    expect(() => parseRecipients(['', ' , '])).toThrow(
      expect.objectContaining({ code: 'email-no-recipients' }),
    );
  });
});
