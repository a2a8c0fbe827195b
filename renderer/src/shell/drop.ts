import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Grant } from '../../../app/contract/views.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** How many files are handed over at the same time. */
const AT_ONCE = 4;

interface Dropped {
  readonly file: File;
  readonly name?: string;
}

/** A browser hands files over in the order of the disk, which is nobody's. */
function byName(a: Dropped, b: Dropped): number {
  return (a.name ?? a.file.name) < (b.name ?? b.file.name) ? -1 : 1;
}

/** What came of a drop. */
export interface GrantedDrop {
  readonly grants: readonly Grant[];
  /** Of the first file that could not be taken. */
  readonly error: ErrorRecord | null;
}

/**
 * Everything in a drop, folders with all that is in them. Has to be called while the drop event is handled: afterwards the browser
 * empties it.
 *
 * @param data - of the event
 * @param bridge - knows whether folders have to be walked here
 */
export function readDrop(data: DataTransfer, bridge: Bridge): Promise<Dropped[]> {
  if (bridge.dropsFolders) return Promise.resolve([...data.files].map((file) => ({ file })));
  const entries = [...data.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  return walk(entries);
}

async function walk(entries: readonly FileSystemEntry[]): Promise<Dropped[]> {
  const found: Dropped[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = entry.fullPath.replace(/^\/+/, '');
    if (isFile(entry)) {
      const file = await new Promise<File | null>((resolve) => {
        entry.file(resolve, () => {
          resolve(null);
        });
      });
      // One that cannot be read is handed over empty-handed, so that the host says so.
      found.push({ file: file ?? new File([], entry.name), name });
    } else if (isFolder(entry)) found.push(...(await walk(await children(entry))));
  }
  return found;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A browser hands out the children of a folder a hundred at a time, until it hands out none. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([]);
      });
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/**
 * Files that were picked in the page, with the folders that they were picked with.
 *
 * @param files - of an input element
 */
export function picked(files: Iterable<File>): Dropped[] {
  return [...files]
    .map((file) =>
      file.webkitRelativePath === '' ? { file } : { file, name: file.webkitRelativePath },
    )
    .sort(byName);
}

/**
 * Hands files over to the host, a few at a time.
 *
 * @param dropped - the files
 * @param bridge - to the host
 * @param onProgress - hears how many are done
 */
export async function grantAll(
  dropped: readonly Dropped[],
  bridge: Bridge,
  onProgress: (done: number) => void,
): Promise<GrantedDrop> {
  const grants: (Grant | undefined)[] = [];
  let error: ErrorRecord | null = null;
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < dropped.length; index = next++) {
      const one = dropped[index];
      if (one === undefined) return;
      const answer = await bridge.grantFile(one.file, one.name);
      if (answer.ok) grants[index] = answer.value;
      else error ??= answer.error;
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { grants: grants.filter((grant) => grant !== undefined), error };
}
