import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConflictPolicy } from '../../../app/contract/records.ts';
import { openPayloadInto } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { tarOf } from '../../support/tars.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const POLICIES: readonly ConflictPolicy[] = ['fail', 'keep', 'replace', 'skip'];

describe.each(POLICIES)('%s: a folder of the bundle never goes through', (policy) => {
  test.each(['a link to a folder', 'a link to nothing', 'a file'])('%s', async (obstacle) => {
    const guarded = writeDocuments(temporaryFolder(), { 'outside/b': 'untouched' });
    const target = join(guarded, 'target');
    mkdirSync(target);
    if (obstacle === 'a file') writeDocuments(target, { docs: 'a file' });
    else
      symlinkSync(
        obstacle === 'a link to nothing' ? '../nowhere' : '../outside',
        join(target, 'docs'),
      );
    const before = stateOf(guarded);
    const tar = tarOf({ name: 'first', content: '1' }, { name: 'docs/x', content: 'evil' });
    await expect(openPayloadInto(tar, target, { onConflict: policy })).rejects.toMatchObject({
      code: 'output-unsafe',
      data: { path: join(target, 'docs') },
    });
    expect(stateOf(guarded)).toEqual(before);
  });
});

describe('a link at the name of a document', () => {
  /** A target with a planted link, and a sentinel to which it leads. */
  function planted(to: string): { guarded: string; target: string } {
    const guarded = writeDocuments(temporaryFolder(), { sentinel: 'untouched', 'target/mine': '' });
    const target = join(guarded, 'target');
    symlinkSync(to, join(target, 'doc'));
    return { guarded, target };
  }
  const tar = tarOf({ name: 'doc', content: 'new' });

  test.each(['../sentinel', '../not-there', '/etc/passwd', '..'])(
    'to %s: fail leaves it',
    async (to) => {
      const { guarded, target } = planted(to);
      const before = stateOf(guarded);
      await expect(openPayloadInto(tar, target)).rejects.toMatchObject({ code: 'output-exists' });
      expect(stateOf(guarded)).toEqual(before);
    },
  );

  test.each(['../sentinel', '../not-there', '..'])('to %s: replace refuses it', async (to) => {
    const { guarded, target } = planted(to);
    const before = stateOf(guarded);
    await expect(openPayloadInto(tar, target, { onConflict: 'replace' })).rejects.toMatchObject({
      code: 'output-unsafe',
      data: { path: join(target, 'doc') },
    });
    expect(stateOf(guarded)).toEqual(before);
  });

  test.each(['../sentinel', '../not-there', '..'])('to %s: skip leaves it', async (to) => {
    const { guarded, target } = planted(to);
    const before = stateOf(guarded);
    const { documents } = await openPayloadInto(tar, target, { onConflict: 'skip' });
    expect(documents[0]?.placedAs).toBeNull();
    expect(stateOf(guarded)).toEqual(before);
  });

  test.each(['../sentinel', '../not-there', '..'])('to %s: keep writes beside it', async (to) => {
    const { guarded, target } = planted(to);
    const before = stateOf(guarded);
    await openPayloadInto(tar, target, { onConflict: 'keep' });
    const { 'target/doc (2)': added, ...rest } = stateOf(guarded);
    expect(added).toBeDefined();
    expect(rest).toEqual(before);
    expect(readFileSync(join(target, 'doc (2)'), 'utf8')).toBe('new');
  });
});
