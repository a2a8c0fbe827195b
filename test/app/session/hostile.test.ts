import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../app/contract/command-names.ts';
import { COMMANDS, type CommandName } from '../../../app/contract/commands.ts';
import { errorRecord } from '../../../app/contract/error-schemas.ts';
import { hostEvent } from '../../../app/contract/event-schemas.ts';
import type { Result } from '../../../app/contract/result.ts';
import { testKey } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

/** Only what may cross the boundary: a value of plain data, or a code with its data. */
function expectAnswer(answer: Result<unknown>): void {
  expect(structuredClone(answer)).toEqual(answer);
  if (answer.ok) expect(JSON.stringify(answer.value)).toBeTypeOf('string');
  else expect(errorRecord.parse(answer.error)).toEqual(answer.error);
}

/** Paths that a screen would like to name, and other things that look like ids. */
const IDS = [
  '',
  'd1',
  'draft',
  '/etc/passwd',
  '../../../etc/passwd',
  '/root/.ssh/id_ed25519',
  'file:///etc/passwd',
  's3://bucket/key',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  '\ud800',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(100_000),
];

const wild = fc.oneof(
  fc.constantFrom(...IDS),
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 2 }),
  fc.constantFrom(Infinity, NaN, -1, 2 ** 53, 1e308, null, undefined, [], {}),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

/** Inputs of about the right shape, in which this or that is something else. */
const KEYS = [
  'grant grants grants folder parent name document documents receipt of words passphrase recipients to note job bundle with',
  'onConflict connection entry entries format id bucket prefix region endpoint credentials theme language page text secret',
  'purpose typed account message host port user method secret security has route mailService hideNames unlimited with',
  'recipients language greeting limit',
].flatMap((keys) => keys.split(' '));
const shaped = fc.dictionary(fc.constantFrom(...KEYS), fc.oneof(wild, fc.array(wild)), {
  maxKeys: 4,
});

test('every command is known by its name', () => {
  expect([...COMMAND_NAMES].sort()).toEqual(Object.keys(COMMANDS).sort());
});

test('no value of the wrong type gets further than the door', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const before = stateOf(screen.folder);
  const names = fc.oneof(fc.constantFrom(...COMMAND_NAMES), wild);
  await fc.assert(
    fc.asyncProperty(names, fc.oneof(wild, shaped), async (name, input) => {
      const answer = await screen.session.invoke(name, input);
      expectAnswer(answer);
      const known = typeof name === 'string' && Object.hasOwn(COMMANDS, name);
      if (known && COMMANDS[name as CommandName].input.safeParse(input).success) return;
      const command = known ? name : '';
      expect(answer).toEqual({ ok: false, error: { code: 'input-invalid', data: { command } } });
    }),
    { numRuns: 3000 },
  );
  // What settings and the like a lucky guess may have changed lies in the folder for that.
  const after = stateOf(screen.folder);
  for (const name of Object.keys({ ...before, ...after }))
    if (!name.startsWith('data/')) expect(after[name], name).toBe(before[name]);
}, 120_000);

test('an input that fights back is refused like any other', async () => {
  const screen = await TestSession.start();
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('a trap');
      },
      ownKeys: () => {
        throw new Error('a trap');
      },
    },
  );
  for (const name of COMMAND_NAMES)
    expect(await screen.session.invoke(name, trap)).toEqual({
      ok: false,
      error: { code: 'input-invalid', data: { command: name } },
    });
  expect(await screen.session.invoke(trap, {})).toMatchObject({ ok: false });
});

/** Strings that may stand where an id or a text is asked for: those that the session gave out among them. */
function inputs(own: readonly string[]): fc.Arbitrary<[CommandName, object]> {
  const id = fc.constantFrom(...own, ...IDS.filter((each) => each !== '' && each.length <= 64));
  const text = fc.constantFrom('x', '../x', '/etc/passwd', 'a:b', PASSPHRASE, '', 'CON', '\0');
  const number = fc.constantFrom(0, 1, 9999);
  const idList = fc.array(id, { minLength: 1, maxLength: 3 });
  const of = fc.oneof(fc.constant('draft'), fc.record({ receipt: id }));
  const shapes: Partial<Record<CommandName, fc.Arbitrary<object>>> = {
    getSnapshot: fc.constant({}),
    listFolder: fc.record({ folder: id }),
    makeFolder: fc.record({ parent: id, name: text }),
    addDocuments: fc.record({ grants: idList }),
    listDocuments: fc.constant({}),
    renameDocument: fc.record({ document: id, name: text }),
    removeDocuments: fc.record({ documents: idList }),
    previewDocument: fc.record({ document: id }),
    clearDraft: fc.constant({}),
    setRecipients: fc.record({ recipients: fc.constant([testKey.recipient]) }),
    revealPassphrase: fc.record({ of }),
    seal: fc.record({
      to: fc.oneof(
        fc.record({ kind: fc.constant('folder'), folder: id }),
        fc.record({ kind: fc.constant('s3'), connection: id }),
        fc.constant({ kind: 'download' }),
        fc.record({
          kind: fc.constant('email'),
          recipients: fc.oneof(text, fc.constant('ana@example.test')),
          language: fc.constant('de'),
          greeting: text,
        }),
      ),
      name: text,
    }),
    cancelJob: fc.record({ job: id }),
    dismissJob: fc.record({ job: id }),
    markShared: fc.record({ receipt: id }),
    closeReceipt: fc.record({ receipt: id }),
    showInFolder: fc.oneof(fc.record({ receipt: id }), fc.record({ job: id })),
    downloadBundle: fc.oneof(
      fc.record({ receipt: id }),
      fc.record({ receipt: id, message: number }),
    ),
    openMessage: fc.record({ receipt: id, message: number }),
    openMailto: fc.record({ receipt: id, message: number }),
    listOutbox: fc.constant({}),
    sendAgain: fc.record({ message: id }),
    deleteMessage: fc.record({ message: id }),
    saveAccount: fc.record({
      name: text,
      host: text,
      port: fc.constantFrom(1, 465),
      security: fc.constant('tls'),
      user: text,
      from: fc.oneof(text, fc.constant('ana@example.test')),
      method: fc.constant('token'),
      secret: fc.constant('x'),
    }),
    removeAccount: fc.record({ account: id }),
    setFormat: fc.record({ format: fc.constantFrom('age', 'zip'), hideNames: fc.boolean() }),
    advise: fc.record({
      has: fc.constantFrom('signet', 'archiver', 'browser', 'unknown'),
      route: fc.constantFrom('s3', 'folder', 'email'),
      hideNames: fc.boolean(),
    }),
    takeBundle: fc.record({ grants: idList }),
    unlock: fc.record({
      bundle: id,
      with: fc.oneof(fc.record({ passphrase: text }), fc.record({ identity: id })),
    }),
    listOpened: fc.record({ bundle: id }),
    save: fc.record({
      bundle: id,
      folder: id,
      onConflict: fc.constantFrom('fail', 'keep', 'replace', 'skip'),
    }),
    closeBundle: fc.record({ bundle: id }),
    fetchEntry: fc.record({ entry: id }),
    downloadEntries: fc.record({ entries: idList, folder: id }),
    removeEntries: fc.record({ entries: idList }),
    exportActivity: fc.record({ folder: id, format: fc.constantFrom('csv', 'jsonl') }),
    saveConnection: fc.record({
      id,
      name: text,
      bucket: text,
      prefix: text,
      endpoint: text,
      credentials: fc.constant({ kind: 'profile', profile: '' }),
    }),
    removeConnection: fc.record({ connection: id }),
    checkConnection: fc.record({ connection: id }),
    forgetSecrets: fc.constant({}),
  };
  return fc.oneof(
    ...Object.entries(shapes).map(([name, shape]) =>
      fc.tuple(fc.constant(name as CommandName), shape),
    ),
  );
}

test('a screen that goes wild with what it was given touches nothing else', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const around = writeDocuments(temporaryFolder(), { 'precious.txt': 'x', 'given/in/a.txt': 'a' });
  const out = join(around, 'given/out');
  mkdirSync(out);
  const screen = await TestSession.start({ kind: 'electron' });
  // Everything that the person chose lies in `given`, but a bundle and a key, which are only read.
  const own = [
    await screen.choose(join(around, 'given/in')),
    await screen.choose(out),
    await screen.choose(join(folder, 'bundle.age')),
    await screen.choose(join(folder, 'key.txt')),
  ];
  await screen.add(join(around, 'given/in'));
  const bundle = await screen.run('takeBundle', { grants: [own[2]!] });
  own.push(bundle.id, 'd1');
  const outside = (): unknown => {
    const state = Object.entries(stateOf(around)).filter(([name]) => !name.startsWith('given/'));
    return [state, stateOf(folder), stateOf(join(screen.folder, 'home'))];
  };
  const before = outside();
  await fc.assert(
    fc.asyncProperty(inputs(own), async ([name, input]) => {
      const answer = await screen.session.invoke(name, input);
      expectAnswer(answer);
    }),
    { numRuns: 600, endOnFailure: true },
  );
  await screen.until(({ jobs }) =>
    jobs.every(({ state }) => !['running', 'cancelling'].includes(state)),
  );
  expect(outside()).toEqual(before);
  for (const event of screen.events) expect(hostEvent.parse(event)).toEqual(event);
}, 120_000);

test('ids are not to be guessed', async () => {
  const screen = await TestSession.start();
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a', 'b.txt': 'b' });
  const ids = new Set<string>();
  for (const name of ['a.txt', 'b.txt']) ids.add(await screen.choose(join(folder, name)));
  expect(ids.size).toBe(2);
  for (const id of ids) expect(Buffer.from(id, 'base64url').byteLength).toBe(16);
});

test('more jobs than anybody could want are refused', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const { held } = await import('../../support/held.ts');
  const { app, release } = held('open');
  const screen = await TestSession.start({ app });
  const grant = await screen.choose(join(folder, 'bundle.age'));
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  const unlock = { bundle, with: { passphrase: 'x' } };
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => screen.invoke('unlock', unlock)),
  );
  const refused = answers.filter(({ ok }) => !ok);
  release();
  expect(refused.length).toBeGreaterThanOrEqual(200);
  expect(refused[0]).toMatchObject({ error: { code: 'not-available' } });
});
