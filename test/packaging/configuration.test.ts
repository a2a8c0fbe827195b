import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'app-builder-lib';
import { expect, test } from 'vitest';
import { PROJECT } from '../support/cli.ts';

/** electron-builder's own reading and checking; it has no door of its own, and no types behind it. */
const { getConfig, validateConfiguration } = createRequire(import.meta.url)(
  'app-builder-lib/out/util/config/config',
) as {
  readonly getConfig: (project: string, path: string, options: null) => Promise<Configuration>;
  readonly validateConfiguration: (
    config: Configuration,
    log: { readonly isEnabled: boolean },
  ) => Promise<void>;
};

const config = (): Promise<Configuration> => getConfig(PROJECT, 'electron-builder.yml', null);
const quiet = { isEnabled: false };
const inProject = (...path: string[]): Promise<Buffer> => readFile(join(PROJECT, ...path));

test('electron-builder takes the configuration', async () => {
  await expect(validateConfiguration(await config(), quiet)).resolves.toBeUndefined();
});

test('electron-builder would refuse what it does not know', async () => {
  const wrong = { ...(await config()), electronFuse: {} } as Configuration;
  await expect(validateConfiguration(wrong, quiet)).rejects.toThrow(/electronFuse/);
});

test('the Electron that is packaged is the one that is developed with', async () => {
  const { devDependencies } = JSON.parse(String(await inProject('package.json'))) as {
    devDependencies: Record<string, string>;
  };
  expect((await config()).electronVersion).toBe(devDependencies['electron']);
});

test('fuses, archive and sandbox are as they have to be on every system', async () => {
  const { asar, asarUnpack, electronFuses, mac, toolsets, npmRebuild } = await config();
  expect(electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(asar).toEqual({ smartUnpack: false });
  expect(asarUnpack).toEqual(['**/*.node']);
  expect(npmRebuild).toBe(false);
  expect(mac).toMatchObject({ hardenedRuntime: true });
  // Before this release its AppImages turned the sandbox off.
  expect(toolsets).toEqual({ appimage: '1.0.3' });
});

test('the app asks macOS for leave to compile at run time, and for nothing else', async () => {
  const { mac } = await config();
  for (const path of [mac?.entitlements, mac?.entitlementsInherit]) {
    const plist = String(await inProject(path ?? ''));
    expect([...plist.matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
  }
});

test('bundles open with Signet on every system, under the media type of age', async () => {
  const { fileAssociations } = await config();
  expect(fileAssociations).toMatchObject([{ ext: 'age', mimeType: 'application/vnd.age' }]);
});

test('nothing is published anywhere by itself', async () => {
  const { publish } = await config();
  expect(publish).toBeNull();
  expect(String(await inProject('electron-builder.yml'))).not.toMatch(/https?:\/\/\w/);
});

test('each system has icons in its own format, in every size', async () => {
  const ico = await inProject('build', 'icon.ico');
  expect(ico.readUInt16LE(2)).toBe(1);
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico[6 + 16 * i]);
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 0]);

  const icns = await inProject('build', 'icon.icns');
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);

  for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
    const png = await inProject('build', 'icons', `${String(size)}x${String(size)}.png`);
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
});
