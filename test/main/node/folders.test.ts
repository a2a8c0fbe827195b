import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimStagingFolder, dataFolder } from '../../../main/node/folders.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test.each([
  ['linux', {}, '/home/ana/.local/share/signet'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/signet'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ana/.local/share/signet'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ana/.local/share/signet'],
  ['freebsd', {}, '/home/ana/.local/share/signet'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ana/Library/Application Support/Signet'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Signet'],
  ['win32', {}, '/home/ana/AppData/Roaming/Signet'],
  ['linux', { SIGNET_DATA: '/elsewhere', XDG_DATA_HOME: '/data' }, '/elsewhere'],
  ['darwin', { SIGNET_DATA: '' }, '/home/ana/Library/Application Support/Signet'],
] as const)('on %s with %j settings lie in %s', (platform, env, expected) => {
  expect(dataFolder({ platform, env, home: '/home/ana' })).toBe(expected);
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('the staging folder is its owner’s alone, even where it was not', async () => {
  const data = join(temporaryFolder(), 'data');
  const all = join(data, 'staging');
  mkdirSync(all, { recursive: true });
  chmodSync(all, 0o755);
  const staging = await claimStagingFolder(data);
  expect(dirname(staging.path)).toBe(all);
  expect([modeOf(all), modeOf(staging.path)]).toEqual([0o700, 0o700]);
});

test('a missing data folder is made, for its owner alone', async () => {
  const data = join(temporaryFolder(), 'a', 'data');
  await claimStagingFolder(data);
  expect(modeOf(data)).toBe(0o700);
});

test('releasing removes the folder with everything in it, and does so twice without harm', async () => {
  const staging = await claimStagingFolder(temporaryFolder());
  mkdirSync(join(staging.path, 'a'));
  writeFileSync(join(staging.path, 'a', 'document'), 'x');
  staging.release();
  staging.release();
  expect(existsSync(staging.path)).toBe(false);
});

test('two in one process do not disturb each other', async () => {
  const data = temporaryFolder();
  const first = await claimStagingFolder(data);
  const second = await claimStagingFolder(data);
  first.release();
  expect(existsSync(second.path)).toBe(true);
});

/** Claims a folder in a process of its own, which goes on until it is killed. */
async function otherProcess(data: string) {
  const folders = new URL('../../../main/node/folders.ts', import.meta.url).href;
  const script = `
    const { claimStagingFolder } = await import(${JSON.stringify(folders)});
    const { path } = await claimStagingFolder(${JSON.stringify(data)});
    console.log(path);
    setInterval(() => undefined, 1_000_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const path = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => {
      resolve(text.trim());
    });
  });
  const kill = (): Promise<unknown> => {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    return exited;
  };
  return { path, kill };
}

test('what a process left behind is removed at the next start, but not while it runs', async () => {
  const data = temporaryFolder();
  const other = await otherProcess(data);
  writeFileSync(join(other.path, 'document'), 'x');
  await claimStagingFolder(data);
  expect(readFileSync(join(other.path, 'document'), 'utf8')).toBe('x');
  await other.kill();
  await claimStagingFolder(data);
  expect(existsSync(other.path)).toBe(false);
});

test('a number that was given out again does not keep what its former owner left', async () => {
  const data = temporaryFolder();
  const { path } = await claimStagingFolder(data);
  const all = dirname(path);
  // This process's own number, and that of one which runs, each as of another start.
  const remains = [
    `${String(process.pid)}-1.0000000000000000`,
    `${String(process.ppid)}-1.0000000000000000`,
    '999999999-1.0000000000000000',
    'nonsense',
  ];
  for (const name of remains) mkdirSync(join(all, name));
  const next = await claimStagingFolder(data);
  const expected =
    process.platform === 'linux' ? [path, next.path] : [path, next.path, remains[1]!];
  expect(readdirSync(all).sort()).toEqual(expected.map((each) => basename(each)).sort());
});

test('a data folder that cannot be made is an error that names it', async () => {
  const data = join(temporaryFolder(), 'file');
  writeFileSync(data, '');
  await expect(claimStagingFolder(data)).rejects.toMatchObject({
    code: 'settings-unwritable',
    data: { path: join(data, 'staging') },
  });
});
