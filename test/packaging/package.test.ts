import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { extractAll, getRawHeader, listPackage, type FileRecord } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostPorts } from '../../app/contract/host.ts';
import type { Grant, Snapshot } from '../../app/contract/views.ts';
import { startCore } from '../../main/node/core.ts';
import { PROJECT } from '../support/cli.ts';
import { makeElectronDist } from './electron-dist.ts';

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'signet-package-'));
const unpacked = join(root, 'out', 'linux-unpacked');
const archive = join(unpacked, 'resources', 'app.asar');
const inside = join(root, 'inside');

beforeAll(async () => {
  const tool = (name: string): string => join(PROJECT, 'node_modules', '.bin', name);
  // Not as a test: React would be built for its developers.
  const env = { ...process.env, NODE_ENV: 'production' };
  await run(tool('vite'), ['build', '--app'], { cwd: PROJECT, env });
  const electronDist = join(root, 'electron');
  await makeElectronDist(electronDist);
  await run(
    tool('electron-builder'),
    [
      ...['--linux', 'dir', '--x64', '--publish', 'never'],
      `-c.electronDist=${electronDist}`,
      `-c.directories.output=${join(root, 'out')}`,
    ],
    { cwd: PROJECT, env },
  );
  extractAll(archive, inside);
}, 180_000);
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Every file in the archive, by its path. */
function packed(): string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => record(path).files === undefined);
}

function record(path: string): FileRecord & { readonly files?: unknown } {
  let at = getRawHeader(archive).header as unknown as { files: Record<string, never> };
  for (const part of path.split('/')) at = at.files[part] as never;
  return at as never;
}

test('the archive holds the build, what loads the native module, and nothing else', () => {
  const places = new Set(
    packed().map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('package') ? 1 : 2)
        .join('/'),
    ),
  );
  expect([...places].sort()).toEqual([
    'dist/LICENCES.txt',
    'dist/licences.json',
    'dist/main',
    'dist/preload',
    'dist/renderer',
    'node_modules/bare-addon-resolve',
    'node_modules/bare-module-resolve',
    'node_modules/bare-semver',
    'node_modules/require-addon',
    'node_modules/sodium-native',
    'node_modules/which-runtime',
    'package.json',
  ]);
});

test('the preload is one CommonJS file that needs nothing but Electron', async () => {
  const files = packed().filter((path) => path.startsWith('dist/preload/'));
  expect(files).toEqual(['dist/preload/preload.cjs']);
  const source = await readFile(join(inside, 'dist/preload/preload.cjs'), 'utf8');
  expect(source).not.toMatch(/^\s*(import|export)\b|\bimport\(/m);
  expect([...source.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)).toEqual([
    '"electron"',
  ]);
});

test('no source, map, test or tool is packed, and no path of the machine that built it', async () => {
  expect(packed().filter((path) => /\.(tsx?|map|bare|cc|md)$|(^|\/)tests?\//.test(path))).toEqual(
    [],
  );
  for (const path of packed().filter((name) => /\.(c?js|css|html|json)$/.test(name))) {
    const content = await readFile(join(inside, path), 'utf8');
    expect(content.includes('sourcesContent'), path).toBe(false);
    expect(content.includes('sourceMappingURL=data:'), path).toBe(false);
    expect(content.includes(PROJECT), path).toBe(false);
  }
});

test('what describes the app names its entry, and nothing of its development', async () => {
  const description = JSON.parse(await readFile(join(inside, 'package.json'), 'utf8')) as object;
  expect(description).toMatchObject({ name: 'signet', main: 'dist/main/main.js' });
  expect(Object.keys(description)).not.toContain('devDependencies');
  expect(Object.keys(description)).not.toContain('scripts');
});

test('only the native module of this system lies outside the archive', async () => {
  const outside = await readdir(`${archive}.unpacked`, { recursive: true, withFileTypes: true });
  expect(
    outside
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${basename(parentPath)}/${name}`),
  ).toEqual(['linux-x64/sodium-native.node']);
  const loose = packed().filter((path) => record(path).unpacked);
  expect(loose).toEqual(['node_modules/sodium-native/prebuilds/linux-x64/sodium-native.node']);
});

test('everything in the archive has a digest by which Electron can check it', () => {
  for (const path of packed())
    expect(record(path), path).toMatchObject({ integrity: { algorithm: 'SHA256' } });
});

test('the fuses are set in the program', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'signet'));
  const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: on(FuseV1Options.RunAsNode),
    cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
    nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    fileProtocol: false,
  });
});

test('languages that the app does not speak are left out', async () => {
  expect((await readdir(join(unpacked, 'locales'))).sort()).toEqual(['de.pak', 'en-US.pak']);
});

test('all that the main process loads is there', async () => {
  const folder = join(inside, 'dist', 'main');
  const seen = new Set<string>();
  const foreign = new Set<string>();
  const follow = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = (await readFile(join(folder, file), 'utf8')).replaceAll(
      /^\s*(\/\/|\/?\*).*$/gm,
      '',
    );
    for (const pattern of [
      /^(?:import|export)\b[^"'\n]*?["']([^"'\n]+)["'];?$/gm,
      /\bimport\(["']([^"'\n]+)["']\)/g,
    ])
      for (const [, name = ''] of source.matchAll(pattern))
        if (name.startsWith('./')) await follow(name.slice(2));
        else if (!name.startsWith('node:')) foreign.add(name);
  };
  for (const entry of ['main.js', 'core-worker.js', 'digest-worker.js']) await follow(entry);
  expect(seen.size).toBeGreaterThan(10);
  const builtin = (name: string) => process.getBuiltinModule(name) !== undefined;
  expect([...foreign].filter((name) => !builtin(name)).sort()).toEqual([
    'electron',
    'sodium-native',
  ]);
});

test('the core of the package seals and opens with nothing but what is in the package', async () => {
  const home = join(root, 'home');
  await mkdir(home);
  await writeFile(join(home, 'letter.txt'), 'Dear Jane');
  const core = await startCore(
    {
      host: { kind: 'electron', platform: 'linux', keepsSecrets: false, protectsContent: false },
      version: '0.0.0',
      dataFolder: join(home, '.data'),
      stagingFolder: join(home, '.staging'),
      homeFolder: home,
    },
    { protectContent: () => Promise.resolve() } as unknown as HostPorts,
    { worker: pathToFileURL(join(inside, 'dist/main/core-worker.js')) },
  );
  const invoke = async (command: string, input: unknown): Promise<unknown> => {
    const result = await core.invoke(command, input);
    if (!result.ok) throw new Error(`${command}: ${result.error.code}`);
    return result.value;
  };
  const granted = async (path: string): Promise<Grant> => {
    const result = await core.grant([{ path }]);
    if (!result.ok) throw new Error(result.error.code);
    return result.value[0]!;
  };
  const ended = async (started: unknown): Promise<Snapshot> => {
    const { job } = started as { readonly job: string };
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const stop = core.listen(() => {
          stop();
          resolve();
        });
      });
      const snapshot = (await invoke('getSnapshot', {})) as Snapshot;
      const state = snapshot.jobs.find(({ id }) => id === job)?.state;
      if (state === 'done') return snapshot;
      expect(state).toBe('running');
      await changed;
    }
  };
  try {
    const { id } = await granted(join(home, 'letter.txt'));
    await invoke('addDocuments', { grants: [id] });
    const folder = await granted(home);
    const sealed = await ended(
      await invoke('seal', { to: { kind: 'folder', folder: folder.id }, name: 'bundle' }),
    );
    const receipt = sealed.receipts[0]!;
    const { passphrase } = (await invoke('revealPassphrase', { of: { receipt: receipt.id } })) as {
      readonly passphrase: string;
    };
    const bundle = await granted(receipt.location);
    const { id: taken } = (await invoke('takeBundle', { grants: [bundle.id] })) as { id: string };
    const opened = await ended(await invoke('unlock', { bundle: taken, with: { passphrase } }));
    expect(opened.bundle?.opened).toMatchObject({ documents: 1, verified: true });
  } finally {
    await core.close();
  }
});
