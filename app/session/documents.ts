import type { Survey } from '../app.ts';
import { AppError, type NameProblem } from '../contract/errors.ts';
import type { DraftDocument, Remark } from '../contract/views.ts';
import { documentNameProblem, NameSet } from '../files/names.ts';
import { documentKind, mayHavePreview } from './document-kind.ts';

type Surveyed = Survey['documents'][number];

/** A document of the draft. */
export interface Document extends Pick<Surveyed, 'path' | 'kind' | 'bytes' | 'fault'> {
  readonly id: string;
  /** A copy of Signet's own, removed when nothing needs it any more. */
  readonly staged: boolean;
  name: string;
  problem: NameProblem | undefined;
  /** Whether it says where it was taken. */
  location: boolean;
}

/** The table of documents: each once, in the order in which they came, with what there is to remark. */
export class Documents {
  readonly #documents = new Map<string, Document>();
  readonly #paths = new Set<string>();
  #bytes = 0;
  #count = 0;
  /** Made anew after a change, when somebody asks: the names of all documents have to be compared. */
  #clashes: ReadonlyMap<string, string> | undefined;

  /** How many there are. */
  get size(): number {
    return this.#documents.size;
  }

  /** Size of all of them, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many have a remark that stands in the way of sealing. */
  get blocked(): number {
    const clashes = this.#compare();
    let blocked = 0;
    for (const document of this.#documents.values())
      if (isBlocked(document) || clashes.has(document.id)) blocked += 1;
    return blocked;
  }

  /** In the order in which they came. */
  all(): Iterable<Document> {
    return this.#documents.values();
  }

  /** As the screen sees them. */
  views(): DraftDocument[] {
    const clashes = this.#compare();
    return Array.from(this.#documents.values(), (document) => ({
      id: document.id,
      name: document.name,
      bytes: document.bytes,
      kind: document.kind === 'folder' ? 'folder' : documentKind(document.name),
      preview: hasContent(document) && mayHavePreview(document.path),
      remarks: remarksOn(document, clashes.get(document.id)),
    }));
  }

  /**
   * Adds what was found; what is in the table already is not added again.
   *
   * @param found - by the survey
   * @param staged - whether they are copies of Signet's own
   * @returns those that were added
   */
  add(found: readonly Surveyed[], staged: boolean): Document[] {
    const added: Document[] = [];
    for (const { path, name, kind, bytes, fault } of found) {
      if (this.#paths.has(path)) continue;
      this.#count += 1;
      const document: Document = {
        id: `d${String(this.#count)}`,
        path,
        name,
        kind,
        bytes,
        staged,
        problem: documentNameProblem(name),
        location: false,
        ...(fault === undefined ? {} : { fault }),
      };
      this.#documents.set(document.id, document);
      this.#paths.add(path);
      this.#bytes += bytes;
      added.push(document);
    }
    this.#clashes = undefined;
    return added;
  }

  /**
   * The document of that id.
   *
   * @throws `reference-unknown`
   */
  find(id: string): Document {
    const document = this.#documents.get(id);
    if (document === undefined) throw new AppError('reference-unknown', { kind: 'document' });
    return document;
  }

  /**
   * Gives a document another name; whether it will do is remarked on.
   *
   * @throws `reference-unknown`
   */
  rename(id: string, name: string): void {
    const document = this.find(id);
    document.name = name.normalize('NFC');
    document.problem = documentNameProblem(document.name);
    this.#clashes = undefined;
  }

  /**
   * Takes documents off the table, all or none.
   *
   * @returns those that were taken off
   * @throws `reference-unknown`
   */
  remove(ids: readonly string[]): Document[] {
    const removed = Array.from(new Set(ids), (id) => this.find(id));
    for (const { id, path, bytes } of removed) {
      this.#documents.delete(id);
      this.#paths.delete(path);
      this.#bytes -= bytes;
    }
    this.#clashes = undefined;
    return removed;
  }

  /** Takes everything off the table. */
  clear(): Document[] {
    return this.remove([...this.#documents.keys()]);
  }

  /** Whose name falls on that of an earlier one, and on which. */
  #compare(): ReadonlyMap<string, string> {
    if (this.#clashes !== undefined) return this.#clashes;
    const clashes = new Map<string, string>();
    const names = new NameSet();
    for (const { id, name, kind, problem } of this.#documents.values()) {
      // A name that will not do has to be changed anyway.
      if (problem !== undefined) continue;
      const other = names.add(name, kind);
      if (other !== undefined) clashes.set(id, other);
    }
    this.#clashes = clashes;
    return clashes;
  }
}

function isBlocked({ fault, problem }: Document): boolean {
  return fault !== undefined || problem !== undefined;
}

/**
 * Whether there is something to look into.
 *
 * @param document - of the draft
 */
export function hasContent({ kind, fault, bytes }: Document): boolean {
  return kind === 'file' && fault === undefined && bytes > 0;
}

function remarksOn(document: Document, clash: string | undefined): Remark[] {
  const { kind, fault, problem, bytes, location } = document;
  const remarks: Remark[] = [];
  if (fault !== undefined) remarks.push(fault);
  if (problem !== undefined) remarks.push({ kind: 'name', problem });
  if (clash !== undefined) remarks.push({ kind: 'duplicate', other: clash });
  if (kind === 'file' && fault === undefined && bytes === 0) remarks.push({ kind: 'empty' });
  if (location) remarks.push({ kind: 'location' });
  return remarks;
}
