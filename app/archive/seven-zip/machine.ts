import sevenZip from '7z-wasm/7zz.es6.js';
import type { Fs, FsStream } from './emscripten.ts';

/**
 * How much memory 7-Zip may have. Compression with a dictionary of half of it can be undone; a hostile archive gets no more.
 */
export const MAX_MEMORY_BYTES = 768 * 2 ** 20;

/** What 7-Zip writes to, and where it asks. */
export interface Console {
  /** Takes what is written to standard output; the bytes are to be copied before it returns. Throws `Stop` to end the run. */
  onOutput(bytes: Uint8Array): void;
  /** Is told that something was written to standard error. */
  onComplaint(): void;
}

/** Thrown out of the middle of a run that is of no more use. */
export class Stop extends Error {
  override readonly name = 'Stop';
}

/** How a run ended. */
export interface RunResult {
  /** 0 went well, 1 went with warnings, 2 failed, 7 did not understand, 8 had too little memory; absent where it broke off. */
  readonly exitCode: number | undefined;
  /** It was ended by `Stop`. */
  readonly stopped: boolean;
  /** It wanted more memory than it may have. */
  readonly outOfMemory: boolean;
}

interface WasmInstance {
  readonly exports: object;
}

interface WasmImports {
  readonly env: {
    emscripten_resize_heap: (bytes: number) => boolean | number;
  };
}

/** 7-Zip's module as Emscripten wraps it. */
interface EmscriptenModule {
  readonly FS: Fs;
  readonly callMain: (args: string[]) => number;
}

type EmscriptenFactory = (options: {
  instantiateWasm(
    imports: WasmImports,
    receive: (instance: WasmInstance, module: unknown) => void,
  ): void;
  stdin(): number | null;
  print(text: string): void;
  printErr(text: string): void;
}) => Promise<EmscriptenModule>;

interface WebAssemblyNamespace {
  readonly Instance: new (module: unknown, imports: WasmImports) => WasmInstance;
}

/** 7-Zip, ready to run. */
export interface Machine {
  readonly fs: Fs;
  /**
   * Runs 7-Zip. After a run that broke off, a new machine has to be made.
   *
   * @param args - of its command line
   * @param console - what becomes of its output
   */
  run(args: readonly string[], console: Console): RunResult;
}

/**
 * Starts 7-Zip.
 *
 * @param compiled - the compiled WebAssembly
 */
export async function startMachine(compiled: unknown): Promise<Machine> {
  const factory = sevenZip as EmscriptenFactory;
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace };
  let outOfMemory = false;
  const { FS: fs, callMain } = await factory({
    instantiateWasm: ({ env, ...others }, receive) => {
      const limited: WasmImports = {
        ...others,
        env: {
          ...env,
          emscripten_resize_heap: (bytes) => {
            if (bytes >>> 0 <= MAX_MEMORY_BYTES) return env.emscripten_resize_heap(bytes);
            outOfMemory = true;
            return false;
          },
        },
      };
      receive(new WebAssembly.Instance(compiled, limited), compiled);
    },
    // It asks for a passphrase that way; there is nobody to answer.
    stdin: () => null,
    print: () => undefined,
    printErr: () => undefined,
  });
  return {
    fs,
    run: (args, console) => {
      outOfMemory = false;
      redirect(fs.streams[1], (bytes) => {
        console.onOutput(bytes);
      });
      redirect(fs.streams[2], () => {
        console.onComplaint();
      });
      try {
        const exitCode = callMain([...args]);
        return { exitCode, stopped: false, outOfMemory };
      } catch (error) {
        // C++ exceptions come out as numbers: this build cannot catch them itself. 7-Zip throws when an archive makes no sense.
        if (error instanceof Stop) return { exitCode: undefined, stopped: true, outOfMemory };
        if (typeof error === 'number' || isTrap(error))
          return { exitCode: undefined, stopped: false, outOfMemory };
        throw error;
      }
    },
  };
}

/** Replaces a terminal, which would take one character after the other. */
function redirect(stream: FsStream | undefined, onBytes: (bytes: Uint8Array) => void): void {
  if (stream === undefined) return;
  stream.tty = undefined;
  stream.stream_ops = {
    write: (_stream, buffer, offset, length) => {
      onBytes(new Uint8Array(buffer.buffer, offset, length));
      return length;
    },
  };
}

/** The machine stops itself when it finds its state impossible. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}
