import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBundleFile } from '../../../app/files/bundle-file.ts';
import { writeVolumes } from '../../../app/files/write-volumes.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

const VOLUME = 100_000;

/** The volumes of a bundle of 300 kB, by name. */
async function volumes(): Promise<{ folder: string; names: string[] }> {
  const source = workspace();
  await sealIn(source, 'papers.tar.age', { passphrase: true });
  const folder = temporaryFolder();
  const file = await openBundleFile(join(source, 'papers.tar.age'));
  await writeVolumes(file, folder, VOLUME, {});
  await file.close();
  return { folder, names: readdirSync(folder).sort() };
}

/** Hands volumes over as a browser does: copies under names of nobody's, called as the person knows them. */
async function handedOver(screen: TestSession, folder: string, names: readonly string[]) {
  const grants: string[] = [];
  for (const [index, name] of names.entries()) {
    const copy = join(screen.folder, 'staging', `upload-${index.toString()}`);
    writeFileSync(copy, readFileSync(join(folder, name)));
    grants.push(await screen.choose(copy, { name, staged: true }));
  }
  const [first = '', ...others] = grants;
  return [first, ...others] as const;
}

test('volumes that a browser hands over open as one, in any order, and are gone afterwards', async () => {
  const { folder, names } = await volumes();
  expect(names.length).toBeGreaterThan(3);
  const screen = await TestSession.start({ kind: 'web' });
  const grants = await handedOver(screen, folder, names.toReversed());
  const bundle = await screen.run('takeBundle', { grants: [...grants] });
  expect(bundle).toMatchObject({ name: 'papers.tar.age', format: 'age' });
  await screen.done('unlock', { bundle: bundle.id, with: { passphrase: PASSPHRASE } });
  expect((await screen.snapshot()).bundle!.opened).toMatchObject({ documents: 2, verified: true });
  await screen.run('closeBundle', { bundle: bundle.id });
  expect(readdirSync(join(screen.folder, 'staging'))).toEqual([]);
});

test('a volume that is missing is named, as soon as it can be known', async () => {
  const { folder, names } = await volumes();
  const screen = await TestSession.start({ kind: 'web' });
  const missing = (name: string) => ({ code: 'volume-missing', data: { name } });
  const [, second = '', ...rest] = names;
  const without = await handedOver(screen, folder, [...rest, second]);
  expect(await screen.refusal('takeBundle', { grants: [...without] })).toEqual(
    missing('papers.tar.age.001'),
  );
  expect(readdirSync(join(screen.folder, 'staging'))).toEqual([]);
  const alone = await handedOver(screen, folder, names.slice(0, 1));
  const { id } = await screen.run('takeBundle', { grants: [...alone] });
  const { job } = await screen.run('unlock', { bundle: id, with: { passphrase: PASSPHRASE } });
  expect((await screen.ended(job)).error).toEqual(missing('papers.tar.age.002'));
});

test('what does not go with the others is refused by its name', async () => {
  const { folder, names } = await volumes();
  const screen = await TestSession.start({ kind: 'web' });
  const [first = '', second = ''] = names;
  for (const [name, odd] of [
    ['a volume of another', 'other.tar.age.002'],
    ['a file in one piece', 'papers.tar.age'],
    ['a name that is none', 'pa:pers.tar.age.002'],
  ] as const) {
    writeFileSync(join(folder, 'odd'), name);
    renameSync(join(folder, 'odd'), join(folder, odd));
    const grants = await handedOver(screen, folder, [first, odd]);
    expect(await screen.refusal('takeBundle', { grants: [...grants] }), name).toEqual({
      code: 'volume-wrong',
      data: { name: odd },
    });
  }
  const [once] = await handedOver(screen, folder, [second]);
  expect(await screen.refusal('takeBundle', { grants: [once, once] })).toEqual({
    code: 'volume-wrong',
    data: { name: second },
  });
});

test('a name never leads a copy out of its folder', async () => {
  const { folder, names } = await volumes();
  const screen = await TestSession.start({ kind: 'web' });
  const copy = join(screen.folder, 'staging', 'upload');
  writeFileSync(copy, readFileSync(join(folder, names[0] ?? '')));
  for (const name of ['..\\x.001', '../x.001', '/tmp/x.001', 'a/../../x.001']) {
    const grant = await screen.choose(copy, { name, staged: true });
    await screen.invoke('takeBundle', { grants: [grant] });
    expect(existsSync(join(screen.folder, 'x.001')), name).toBe(false);
  }
});

test('volumes that lie in a folder are found there by any of them', async () => {
  const { folder, names } = await volumes();
  const screen = await TestSession.start();
  const grants: string[] = [];
  for (const name of names.slice(1)) grants.push(await screen.choose(join(folder, name)));
  const [first = '', ...others] = grants;
  const bundle = await screen.run('takeBundle', { grants: [first, ...others] });
  expect(bundle.name).toBe('papers.tar.age');
  await screen.done('unlock', { bundle: bundle.id, with: { passphrase: PASSPHRASE } });
  await screen.run('closeBundle', { bundle: bundle.id });
  expect(readdirSync(folder).sort()).toEqual(names);
});
