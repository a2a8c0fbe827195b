import { parentPort, workerData } from 'node:worker_threads';
import { ARCHIVE_NAME, GrowingArchiveFs, ReadArchiveFs, type ArchiveFs } from './archive-fs.ts';
import { DocumentsFs } from './documents-fs.ts';
import { ListingParser } from './listing.ts';
import { MAX_MEMORY_BYTES, startMachine, Stop, type Machine, type RunResult } from './machine.ts';
import type { Command, Outcome, Reply, WorkerStart } from './messages.ts';
import { RingReader } from './ring.ts';

/** As much as may be given out before somebody has taken it. */
const MAX_AHEAD_BYTES = 4 * 2 ** 20;

const ARCHIVE = `/archive/${ARCHIVE_NAME}`;
/** Nothing but 7z, no progress, no wildcards in names. */
const ALWAYS = ['-t7z', '-bd', '-spd', '-mmt=1'];

const { machine: compiled, role } = workerData as WorkerStart;
const port = parentPort;

let machine: Machine | undefined;
let archive: ArchiveFs | undefined;
let mounts = 0;

function reply(message: Reply, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

async function prepare(): Promise<{ machine: Machine; archive: ArchiveFs }> {
  machine ??= await startMachine(compiled);
  if (archive === undefined) {
    const { fs } = machine;
    archive =
      role.kind === 'read'
        ? new ReadArchiveFs(fs, role.parts)
        : new GrowingArchiveFs(fs, role.descriptor);
    fs.mkdir('/archive');
    fs.mount(archive, {}, '/archive');
  }
  return { machine, archive };
}

port?.on('message', (command: Command) => {
  void obey(command);
});

async function obey(command: Command): Promise<void> {
  const ready = await prepare();
  const { result, success, tooMany = false } = perform(ready.machine, command);
  const outcome: Outcome = {
    success,
    tooMany,
    outOfMemory: result.outOfMemory,
    memoryLimit: MAX_MEMORY_BYTES,
    position: ready.archive.position,
    fileError: ready.archive.failure,
  };
  // What an exception went through is in no state to go on from.
  if (result.exitCode === undefined) {
    machine = undefined;
    archive = undefined;
  }
  reply({ kind: 'ended', outcome });
}

interface Performed {
  readonly result: RunResult;
  readonly success: boolean;
  readonly tooMany?: boolean;
}

function perform(ready: Machine, command: Command): Performed {
  switch (command.kind) {
    case 'add':
      return add(ready, command);
    case 'list':
      return list(ready, command);
    case 'extract':
      return extract(ready, command);
    case 'try':
      return tryOut(ready, command);
  }
}

function add(ready: Machine, command: Extract<Command, { kind: 'add' }>): Performed {
  if (role.kind !== 'write') throw new Error('this archive can only be read');
  const ring = new RingReader(role.ring, () => {
    reply({ kind: 'room' });
  });
  const documents = new DocumentsFs(
    ready.fs,
    {
      want: (id) => {
        reply({ kind: 'want', id });
      },
      read: (target) => ring.read(target),
    },
    command.entries,
  );
  mounts += 1;
  const folder = `/documents-${String(mounts)}`;
  ready.fs.mkdir(folder);
  ready.fs.mount(documents, {}, folder);
  ready.fs.chdir(folder);
  const args = [
    'a',
    ...ALWAYS,
    passphraseSwitch(command.passphrase),
    '-mhe=on',
    `-mx${String(command.level)}`,
    // Each document is a stream of its own, untouched by filters that would have to look into it first.
    '-ms=off',
    '-mf=off',
    '-mqs=off',
    ARCHIVE,
    '.',
  ];
  const result = ready.run(args, { onOutput: () => undefined, onComplaint: () => undefined });
  return { result, success: result.exitCode === 0 && documents.complete };
}

function list(ready: Machine, command: Extract<Command, { kind: 'list' }>): Performed {
  const parser = new ListingParser(command.maxEntries);
  let tooMany = false;
  const result = ready.run(
    ['l', ...ALWAYS, '-slt', '-ba', '-slmu', ...passphraseSwitches(command), ARCHIVE],
    {
      onOutput: (bytes) => {
        tooMany = !parser.push(bytes);
        if (tooMany) throw new Stop();
      },
      onComplaint: () => undefined,
    },
  );
  const success = result.exitCode === 0;
  if (success) {
    parser.end();
    reply({ kind: 'listed', entries: parser.entries });
  }
  return { result, success, tooMany };
}

function extract(ready: Machine, command: Extract<Command, { kind: 'extract' }>): Performed {
  if (role.kind !== 'read') throw new Error('this archive can only be written');
  const ahead = new Int32Array(role.ahead);
  const { result } = takeOut(ready, passphraseSwitches(command), (bytes) => {
    for (let held = Atomics.load(ahead, 0); held >= MAX_AHEAD_BYTES; held = Atomics.load(ahead, 0))
      Atomics.wait(ahead, 0, held);
    Atomics.add(ahead, 0, bytes.byteLength);
    const copy = new Uint8Array(bytes);
    reply({ kind: 'bytes', bytes: copy }, [copy.buffer]);
  });
  return { result, success: result.exitCode === 0 };
}

function tryOut(
  ready: Machine,
  { passphrase, bytes }: Extract<Command, { kind: 'try' }>,
): Performed {
  let out = 0;
  const { result, complained } = takeOut(ready, [passphraseSwitch(passphrase)], (piece) => {
    // What follows is written only after what was written was found right.
    if (out >= bytes) throw new Stop();
    out += piece.byteLength;
  });
  return { result, success: result.exitCode === 0 || (result.stopped && !complained) };
}

/** Takes everything out, one entry directly behind the other. */
function takeOut(
  ready: Machine,
  switches: readonly string[],
  onOutput: (bytes: Uint8Array) => void,
): { readonly result: RunResult; readonly complained: boolean } {
  let complained = false;
  const result = ready.run(['x', ...ALWAYS, '-so', ...switches, ARCHIVE], {
    onOutput: (bytes) => {
      // An entry that went wrong may be shorter than it should be: nothing behind it lies where it belongs.
      if (complained) throw new Stop();
      onOutput(bytes);
    },
    onComplaint: () => {
      complained = true;
    },
  });
  return { result, complained };
}

function passphraseSwitches({ passphrase }: { passphrase?: string | undefined }): string[] {
  return passphrase === undefined ? [] : [passphraseSwitch(passphrase)];
}

/** All that follows `-p` is the passphrase, to the last character; these arguments never leave the memory of the machine. */
function passphraseSwitch(passphrase: string): string {
  return `-p${passphrase}`;
}
