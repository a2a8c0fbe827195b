import { AppError } from '../contract/errors.ts';
import { ENGINE_NAMES, TAG_BYTES, type Engine, type EngineName } from './engine.ts';

const loaded = new Map<EngineName, Promise<Engine | undefined>>();

/**
 * Loads an engine and checks it against a known answer before it touches anything of value.
 *
 * @param choice - one by name; without it the first that this machine has
 * @throws `engine-unavailable` when it cannot be loaded here, `engine-wrong` when it computes wrongly
 */
export async function loadEngine(choice?: EngineName): Promise<Engine> {
  for (const name of choice === undefined ? ENGINE_NAMES : [choice]) {
    const engine = await loadOnce(name);
    if (engine !== undefined) return engine;
  }
  throw new AppError('engine-unavailable', { engine: choice ?? ENGINE_NAMES.join(', ') });
}

function loadOnce(name: EngineName): Promise<Engine | undefined> {
  let engine = loaded.get(name);
  if (engine === undefined) {
    engine = load(name);
    loaded.set(name, engine);
  }
  return engine;
}

async function load(name: EngineName): Promise<Engine | undefined> {
  const engine = await construct(name);
  if (engine !== undefined) checkEngine(engine);
  return engine;
}

async function construct(name: EngineName): Promise<Engine | undefined> {
  switch (name) {
    case 'openssl':
      return (await import('./engine-openssl.ts')).createOpensslEngine();
    case 'sodium':
      return (await import('./engine-sodium.ts')).createSodiumEngine();
    case 'wasm':
      return (await import('./engine-wasm.ts')).createWasmEngine();
  }
}

/*
 * ChaCha20-Poly1305 of the RFC 8439 §2.8.2 plaintext, key and nonce, without its associated data; the tag was computed with
 * noble, OpenSSL and libsodium alike, and a test does so again.
 */
const KNOWN_KEY = Buffer.from(Array.from({ length: 32 }, (_unused, index) => 0x80 + index));
const KNOWN_NONCE = Buffer.from('070000004041424344454647', 'hex');
const KNOWN_PLAINTEXT = Buffer.from(
  "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
);
/** The ciphertext of the RFC, then the tag. */
const KNOWN_SEALED = Buffer.from(
  'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116' +
    '6a23a4681fd59456aea1d29f82477216',
  'hex',
);

/**
 * The known-answer test: sealing, opening, and refusing what was changed.
 *
 * @param engine - the engine to check
 * @throws `engine-wrong`
 */
export function checkEngine(engine: Engine): void {
  const sealed = Buffer.alloc(KNOWN_PLAINTEXT.byteLength + TAG_BYTES);
  const cipher = engine.cipher(KNOWN_KEY);
  cipher.seal(KNOWN_NONCE, KNOWN_PLAINTEXT, sealed);
  const opened = Buffer.alloc(KNOWN_PLAINTEXT.byteLength);
  const opens = cipher.open(KNOWN_NONCE, KNOWN_SEALED, opened);
  const altered = Buffer.from(KNOWN_SEALED);
  altered[0] = (altered[0] ?? 0) ^ 1;
  const refuses = !cipher.open(KNOWN_NONCE, altered, Buffer.alloc(opened.byteLength));
  if (!opens || !refuses || !sealed.equals(KNOWN_SEALED) || !opened.equals(KNOWN_PLAINTEXT))
    throw new AppError('engine-wrong', { engine: engine.name });
}
