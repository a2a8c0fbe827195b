import { expect, onTestFinished, test } from 'vitest';
import type { HostEvent } from '../../../app/contract/events.ts';
import type { HostPorts, SessionOptions } from '../../../app/contract/host.ts';
import { startCore, type Core } from '../../../main/node/core.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const WORKER = new URL('./pretending-core-worker.ts', import.meta.url);
const GONE = { ok: false, error: { code: 'host-gone', data: {} } };

function optionsFor(version: string): SessionOptions {
  const folder = temporaryFolder();
  return {
    host: { kind: 'web', platform: 'linux', keepsSecrets: false, protectsContent: false },
    version,
    dataFolder: `${folder}/data`,
    stagingFolder: `${folder}/staging`,
    homeFolder: folder,
  };
}

const PORTS: HostPorts = {
  chooseFiles: () => Promise.resolve([]),
  chooseFolder: () => Promise.resolve(null),
  copyText: () => Promise.reject(new Error('a raw message that says too much')),
  showInFolder: () => Promise.resolve(),
  openPage: () => Promise.resolve(),
  openMessage: () => Promise.resolve(),
  openMailto: () => Promise.resolve(),
  protectContent: () => Promise.resolve(),
  readSecret: (name) => Promise.resolve(`secret of ${name}`),
  writeSecret: () => Promise.resolve(true),
  removeSecret: () => Promise.resolve(),
  offerDownload: () => Promise.resolve('/download/x'),
};

async function core(version = 'usual', closeLimit = 5_000): Promise<Core> {
  const started = await startCore(optionsFor(version), PORTS, { worker: WORKER, closeLimit });
  onTestFinished(() => started.close());
  return started;
}

test('calls go to the core and its answers come back, each to its own question', async () => {
  const running = await core();
  const inputs = Array.from({ length: 50 }, (_none, index) => ({ index }));
  const answers = await Promise.all(inputs.map((input) => running.invoke('echo', input)));
  expect(answers).toEqual(inputs.map((value) => ({ ok: true, value })));
  expect(await running.running()).toBe(2);
  expect(await running.openFile('/a.age')).toEqual({ ok: true, value: null });
  expect(await running.grant([{ path: '/a/b.txt' }])).toEqual({
    ok: true,
    value: [{ id: 'grant-0', name: 'b.txt', kind: 'file' }],
  });
});

test('the core hears from its host through the ports, and of a failure only that there was one', async () => {
  const running = await core();
  expect(await running.invoke('ask', 'bucket')).toEqual({ ok: true, value: 'secret of bucket' });
  expect(await running.invoke('ask in vain', null)).toEqual({ ok: true, value: 'host-failed' });
});

test('events reach every listener until it stops listening', async () => {
  const running = await core();
  const heard: [string, HostEvent][] = [];
  const stop = running.listen((event) => heard.push(['first', event]));
  running.listen((event) => heard.push(['second', event]));
  await running.invoke('tell', 1);
  stop();
  await running.invoke('tell', 2);
  const changed = (revision: number): HostEvent => ({ kind: 'changed', revision });
  expect(heard).toEqual([
    ['first', changed(1)],
    ['second', changed(1)],
    ['second', changed(2)],
  ]);
});

test('the core is given its options and no arguments', async () => {
  const running = await core();
  const answer = await running.invoke('surroundings', null);
  expect(answer).toMatchObject({
    ok: true,
    value: { argv: [], home: process.env['HOME'], options: { version: 'usual' } },
  });
});

test('what cannot be sent, and what the core cannot answer, is an internal error', async () => {
  const running = await core();
  const internal = { ok: false, error: { code: 'internal', data: {} } };
  expect(await running.invoke('echo', () => undefined)).toEqual(internal);
  expect(await running.invoke('throw', null)).toEqual(internal);
  expect(await running.invoke('echo', 1)).toEqual({ ok: true, value: 1 });
});

test.each(['die', 'exit'])(
  'when the core dies (%s), what was asked is answered by host-gone, and so is all that is asked later',
  async (death) => {
    const running = await core();
    const heard: HostEvent[] = [];
    running.listen((event) => heard.push(event));
    const waiting = running.invoke('hang', null);
    expect(await running.invoke(death, null)).toEqual(GONE);
    expect(await waiting).toEqual(GONE);
    expect(heard).toEqual([{ kind: 'changed', revision: Number.MAX_SAFE_INTEGER }]);
    expect(await running.ended).toBe('died');
    expect(await running.invoke('echo', 1)).toEqual(GONE);
    expect(await running.grant([])).toEqual(GONE);
    expect(await running.openFile('/x')).toEqual(GONE);
    expect(await running.running()).toBe(0);
    await running.close();
  },
);

test('closing waits for the core, ends its thread, and answers what is left by host-gone', async () => {
  const running = await core();
  const waiting = running.invoke('hang', null);
  await Promise.all([running.close(), running.close()]);
  expect(await waiting).toEqual(GONE);
  expect(await running.ended).toBe('closed');
  expect(await running.invoke('echo', 1)).toEqual(GONE);
});

test('a core that does not close in time is ended all the same', async () => {
  const running = await core('never closes', 50);
  await running.close();
  expect(await running.ended).toBe('closed');
});

test('a session that cannot be made says why', async () => {
  await expect(core('refuse')).rejects.toMatchObject({
    code: 'settings-unwritable',
    data: { path: '/x' },
  });
});

test('a thread that ends before there is a session is an internal error', async () => {
  await expect(core('die')).rejects.toMatchObject({ code: 'internal' });
});

test('the real core runs in its thread', async () => {
  const options = optionsFor('1.2.3');
  const running = await startCore(options, PORTS);
  onTestFinished(() => running.close());
  expect(await running.invoke('getAbout', {})).toMatchObject({
    ok: true,
    value: { version: '1.2.3', dataFolder: options.dataFolder },
  });
  expect(await running.invoke('nonsense', {})).toMatchObject({
    ok: false,
    error: { code: 'input-invalid' },
  });
});
