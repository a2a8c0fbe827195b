import { expect, test } from 'vitest';
import { createDoor, IDLE_LIFE, LAUNCH_LIFE } from '../../../main/web/door.ts';

function testDoor() {
  const around = { now: 1_000, inUse: false, ended: [] as string[] };
  const door = createDoor({
    now: () => around.now,
    inUse: () => Promise.resolve(around.inUse),
    onEnd: (why) => around.ended.push(why),
  });
  return { door, around };
}

test('a launch secret and a token are 256 bits each, and never the same twice', async () => {
  const { door } = testDoor();
  const seen = new Set<string>();
  for (let round = 0; round < 100; round += 1) {
    const secret = door.newSecret();
    const token = (await door.exchange(secret)) ?? '';
    for (const each of [secret, token]) {
      expect(Buffer.from(each, 'base64url')).toHaveLength(32);
      seen.add(each);
    }
  }
  expect(seen.size).toBe(200);
});

test('a launch secret is good once', async () => {
  const { door } = testDoor();
  const secret = door.newSecret();
  expect(await door.exchange(secret)).toBeTypeOf('string');
  expect(await door.exchange(secret)).toBeUndefined();
});

test('of two who use a launch secret at the same moment, one comes in', async () => {
  const { door } = testDoor();
  const secret = door.newSecret();
  const tokens = await Promise.all([door.exchange(secret), door.exchange(secret)]);
  expect(tokens.filter((token) => token !== undefined)).toHaveLength(1);
});

test('a launch secret is good for 60 seconds', async () => {
  const { door, around } = testDoor();
  const inTime = door.newSecret();
  around.now += LAUNCH_LIFE - 1;
  expect(await door.exchange(inTime)).toBeTypeOf('string');
  const tooLate = door.newSecret();
  around.now += LAUNCH_LIFE;
  expect(await door.exchange(tooLate)).toBeUndefined();
  expect(LAUNCH_LIFE).toBe(60_000);
});

test('a new launch secret makes the one before it worthless', async () => {
  const { door } = testDoor();
  const first = door.newSecret();
  const second = door.newSecret();
  expect(await door.exchange(first)).toBeUndefined();
  expect(await door.exchange(second)).toBeTypeOf('string');
});

test.each([undefined, null, 7, {}, [], '', 'x'.repeat(43), ['x']])(
  '%j is no launch secret, and trying it does no harm to the real one',
  async (wrong) => {
    const { door } = testDoor();
    const secret = door.newSecret();
    expect(await door.exchange(wrong)).toBeUndefined();
    expect(await door.exchange(secret)).toBeTypeOf('string');
  },
);

test('before anybody has come in, nothing is a token', async () => {
  const { door } = testDoor();
  for (const token of [undefined, '', door.newSecret()])
    expect(await door.admits(token)).toBe(false);
});

test('a token that differs in one character is refused', async () => {
  const { door } = testDoor();
  const token = (await door.exchange(door.newSecret())) ?? '';
  for (let index = 0; index < token.length - 1; index += 1) {
    const other = token[index] === 'A' ? 'B' : 'A';
    expect(await door.admits(token.slice(0, index) + other + token.slice(index + 1))).toBe(false);
  }
  for (const other of [token.slice(0, -1), `${token}A`, token.toLowerCase(), ''])
    expect(await door.admits(other)).toBe(false);
  expect(await door.admits(token)).toBe(true);
});

test('who comes in later takes the place of who came before', async () => {
  const { door, around } = testDoor();
  const first = await door.exchange(door.newSecret());
  expect(around.ended).toEqual([]);
  const second = await door.exchange(door.newSecret());
  expect(around.ended).toEqual(['replaced']);
  expect(await door.admits(first)).toBe(false);
  expect(await door.admits(second)).toBe(true);
});

test('a session is over after 30 minutes without a request', async () => {
  const { door, around } = testDoor();
  const token = await door.exchange(door.newSecret());
  for (let round = 0; round < 3; round += 1) {
    around.now += IDLE_LIFE;
    expect(await door.admits(token)).toBe(true);
  }
  around.now += IDLE_LIFE + 1;
  expect(await door.admits(token)).toBe(false);
  expect(around.ended).toEqual(['idle']);
  expect(IDLE_LIFE).toBe(30 * 60_000);
});

test('a session that nobody asks for anything ends by itself', async () => {
  const { door, around } = testDoor();
  await door.exchange(door.newSecret());
  around.now += IDLE_LIFE;
  await door.sweep();
  expect(around.ended).toEqual([]);
  around.now += 1;
  await door.sweep();
  await door.sweep();
  expect(around.ended).toEqual(['idle']);
});

test('a job or an open page keeps a session alive, and its end starts the 30 minutes', async () => {
  const { door, around } = testDoor();
  const token = await door.exchange(door.newSecret());
  around.inUse = true;
  around.now += 10 * IDLE_LIFE;
  await door.sweep();
  around.inUse = false;
  around.now += IDLE_LIFE;
  expect(await door.admits(token)).toBe(true);
  around.now += IDLE_LIFE + 1;
  expect(await door.admits(token)).toBe(false);
});

test('who comes in after the session was over replaces nobody', async () => {
  const { door, around } = testDoor();
  await door.exchange(door.newSecret());
  around.now += IDLE_LIFE + 1;
  await door.exchange(door.newSecret());
  expect(around.ended).toEqual(['idle']);
});
