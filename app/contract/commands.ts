import { z } from 'zod';
import type { UnknownWordView, StrengthView, PreviewView, RevealedPassphrase } from './answers.ts';
import type { Advice } from './advice.ts';
import { FORMATS } from './formats.ts';
import type {
  About,
  AccountView,
  ActivityRecord,
  BundleView,
  ConnectionView,
  DraftDocument,
  DraftLock,
  FolderListing,
  Grant,
  InboxEntry,
  OutboxEntry,
  RightsReport,
  Snapshot,
} from './views.ts';
import type { DocumentRecord } from './records.ts';

/** An id that the host gave out. */
const id = z.string().min(1).max(64);
const ids = z.array(id).min(1).max(100_000);
/** A name that the person typed; whether it will do is the core's to say. */
const name = z.string().max(4096);
const passphrase = z.string().max(4096);
const nothing = z.strictObject({});
/** Whose passphrase: that of the bundle in the making, or of one that was sealed. */
const passphraseOf = z.union([z.literal('draft'), z.strictObject({ receipt: id })]);

interface Command<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** Only a type: there is never anything in it. */
  readonly output?: Output;
}

function command<Output>() {
  return <Input extends z.ZodType>(input: Input): Command<Input, Output> => ({ input });
}

/** The id of a job that goes on after the answer. */
export interface Started {
  readonly job: string;
}
type None = null;

/** Everything that the screen can ask for: a schema for what comes in, a type for what comes out. */
export const COMMANDS = {
  /** The whole state. */
  getSnapshot: command<Snapshot>()(nothing),

  /** Lets the person choose files in the system's own dialog; none when it is dismissed. Not in a browser. */
  chooseFiles: command<readonly Grant[]>()(
    z.strictObject({ purpose: z.enum(['documents', 'bundle', 'identity']) }),
  ),
  /** As `chooseFiles`, for one folder. */
  chooseFolder: command<Grant | null>()(
    z.strictObject({ purpose: z.enum(['documents', 'destination', 'save', 'export']) }),
  ),
  /** What the page's own picker shows of a folder of this machine; the home folder when none is named. Only in a browser. */
  listFolder: command<FolderListing>()(z.strictObject({ folder: id.optional() })),
  /** Makes a folder and answers with it. Only in a browser. */
  makeFolder: command<Grant>()(z.strictObject({ parent: id, name })),

  /** Adds what was chosen or dropped; a folder with everything in it. Answers how many documents that were. */
  addDocuments: command<{ readonly added: number }>()(z.strictObject({ grants: ids })),
  listDocuments: command<readonly DraftDocument[]>()(nothing),
  renameDocument: command<None>()(z.strictObject({ document: id, name })),
  removeDocuments: command<None>()(z.strictObject({ documents: ids })),
  /** A small picture of a document, or `null`. */
  previewDocument: command<PreviewView | null>()(z.strictObject({ document: id })),
  /** Puts everything back to the beginning: no documents, a new passphrase. */
  clearDraft: command<None>()(nothing),

  /** Makes new words for the draft. */
  newPassphrase: command<DraftLock>()(z.strictObject({ words: z.int().min(5).max(12) })),
  /** Takes a passphrase of one's own for the draft. */
  setPassphrase: command<DraftLock>()(z.strictObject({ passphrase })),
  /** Locks the draft for keys instead of a passphrase. */
  setRecipients: command<DraftLock>()(
    z.strictObject({ recipients: z.array(z.string().max(4096)).min(1).max(100) }),
  ),
  /** For the draft's format. */
  measurePassphrase: command<StrengthView>()(z.strictObject({ passphrase })),
  /** Chooses the kind of bundle. A passphrase that is not enough for it is exchanged for a new one. */
  setFormat: command<DraftLock>()(
    z.strictObject({ format: z.enum(FORMATS), hideNames: z.boolean() }),
  ),
  /** What to make for a recipient, and what is to be watched for: for the draft as it is. */
  advise: command<Advice>()(
    z.strictObject({
      has: z.enum(['signet', 'archiver', 'browser', 'unknown']),
      route: z.enum(['s3', 'folder', 'email']),
      mailService: z.enum(['gmail', 'outlook', 'company', 'unknown']).optional(),
      hideNames: z.boolean(),
    }),
  ),
  /** The one way in which a passphrase reaches the screen. The window is kept out of screenshots until `hidePassphrase`. */
  revealPassphrase: command<RevealedPassphrase>()(z.strictObject({ of: passphraseOf })),
  hidePassphrase: command<None>()(nothing),
  /** Puts a passphrase on the clipboard without showing it; cleared after 60 s if it is still there. Not in a browser. */
  copyPassphrase: command<None>()(z.strictObject({ of: passphraseOf })),
  /** Puts a text on the clipboard; a secret one is cleared after 60 s if it is still there. Not in a browser. */
  copyText: command<None>()(z.strictObject({ text: z.string().max(8192), secret: z.boolean() })),

  /** Seals the draft and sends it. */
  seal: command<Started>()(
    z.strictObject({
      to: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('folder'), folder: id }),
        z.strictObject({ kind: z.literal('s3'), connection: id }),
        /** Only in a browser: made in a private folder and handed over by `downloadBundle`. */
        z.strictObject({ kind: z.literal('download') }),
        /** Messages with the bundle attached, in volumes where one message may not be larger than `limit` bytes. */
        z.strictObject({
          kind: z.literal('email'),
          /** As typed: addresses, apart by commas. May be empty for a draft. */
          recipients: z.string().max(8192),
          /** Of the text in the message. */
          language: z.enum(['en', 'de']),
          greeting: z.string().max(10_000).optional(),
          limit: z.int().min(1_000_000).max(1_000_000_000).optional(),
          /** The account to send from; drafts for the person's own mail program unless given. */
          account: id.optional(),
        }),
      ]),
      name: name.optional(),
      note: z.string().max(1_000_000).optional(),
    }),
  ),
  cancelJob: command<None>()(z.strictObject({ job: id })),
  /** Takes a job that has ended off the list. */
  dismissJob: command<None>()(z.strictObject({ job: id })),

  /** The sender says that the passphrase was told. */
  markShared: command<None>()(z.strictObject({ receipt: id })),
  /** Forgets the passphrase and puts the receipt away. */
  closeReceipt: command<None>()(z.strictObject({ receipt: id })),
  showInFolder: command<None>()(
    z.union([z.strictObject({ receipt: id }), z.strictObject({ job: id })]),
  ),
  /** A path of this host, good for one download within a minute: of the bundle, or of one of its messages. Only in a browser. */
  downloadBundle: command<{ readonly path: string }>()(
    z.strictObject({ receipt: id, message: z.int().min(0).max(9999).optional() }),
  ),
  /** Opens a draft in the person's mail program. */
  openMessage: command<None>()(z.strictObject({ receipt: id, message: z.int().min(0).max(9999) })),
  /** Begins a message with the same words in the mail program, for one that opens no drafts; what is attached is added by hand. */
  openMailto: command<None>()(z.strictObject({ receipt: id, message: z.int().min(0).max(9999) })),
  /** Messages that could not be sent, oldest first. */
  listOutbox: command<readonly OutboxEntry[]>()(nothing),
  sendAgain: command<Started>()(z.strictObject({ message: id })),
  deleteMessage: command<None>()(z.strictObject({ message: id })),

  /** Puts a bundle on the Open screen: one file, or volumes of one. */
  takeBundle: command<BundleView>()(
    z.strictObject({ grants: z.tuple([id], id).refine(({ length }) => length <= 999) }),
  ),
  /** Which words are not on the list, and what they may have been. */
  checkWords: command<{ readonly unknown: readonly UnknownWordView[]; readonly words: number }>()(
    z.strictObject({ typed: passphrase }),
  ),
  /** Opens it in memory: documents are listed and verified, none is written. */
  unlock: command<Started>()(
    z.strictObject({
      bundle: id,
      with: z.union([
        z.strictObject({ passphrase }),
        /** A file with identities. */
        z.strictObject({ identity: id }),
        /** For a bundle that nothing locks. */
        z.strictObject({ nothing: z.literal(true) }),
      ]),
      /** The person has been told that much more may come out of it than it seems, and wants it. */
      unlimited: z.boolean().optional(),
    }),
  ),
  listOpened: command<readonly DocumentRecord[]>()(z.strictObject({ bundle: id })),
  save: command<Started>()(
    z.strictObject({
      bundle: id,
      folder: id,
      onConflict: z.enum(['fail', 'keep', 'replace', 'skip']),
    }),
  ),
  /** Takes it off the screen and forgets what opened it. */
  closeBundle: command<None>()(z.strictObject({ bundle: id })),

  listInbox: command<readonly InboxEntry[]>()(z.strictObject({ connection: id })),
  /** Fetches one bundle to a private place and puts it on the Open screen. */
  fetchEntry: command<Started>()(z.strictObject({ entry: id })),
  /** Fetches bundles into a folder, still sealed. */
  downloadEntries: command<Started>()(z.strictObject({ entries: ids, folder: id })),
  removeEntries: command<Started>()(z.strictObject({ entries: ids })),

  /** Newest first. */
  listActivity: command<readonly ActivityRecord[]>()(nothing),
  /** Writes the activity into a folder and answers with the file's path, to show. */
  exportActivity: command<{ readonly path: string }>()(
    z.strictObject({ folder: id, format: z.enum(['csv', 'jsonl']) }),
  ),

  /** Adds a connection, or changes the one with that id. A secret that is not given stays as it is. */
  saveConnection: command<ConnectionView>()(
    z.strictObject({
      id: id.optional(),
      name: z.string().max(200),
      bucket: z.string().max(255),
      prefix: z.string().max(1024),
      region: z.string().max(64).optional(),
      endpoint: z.string().max(1024).optional(),
      credentials: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('profile'), profile: z.string().max(200) }),
        z.strictObject({
          kind: z.literal('keys'),
          accessKeyId: z.string().min(1).max(256),
          secretAccessKey: z.string().min(1).max(256).optional(),
        }),
      ]),
    }),
  ),
  removeConnection: command<None>()(z.strictObject({ connection: id })),
  /** Finds out what the connection may do, without leaving anything behind. */
  checkConnection: command<RightsReport>()(z.strictObject({ connection: id })),
  /** Adds an account, or changes the one with that id. A secret that is not given stays as it is. */
  saveAccount: command<AccountView>()(
    z.strictObject({
      id: id.optional(),
      name: z.string().max(200),
      host: z.string().max(255),
      port: z.int().min(1).max(65_535),
      security: z.enum(['tls', 'starttls']),
      user: z.string().max(320),
      from: z.string().max(320),
      method: z.enum(['password', 'token']),
      secret: z.string().min(1).max(8192).optional(),
    }),
  ),
  removeAccount: command<None>()(z.strictObject({ account: id })),
  /** Signs in and out again; nothing is sent. */
  checkAccount: command<None>()(z.strictObject({ account: id })),
  saveSettings: command<None>()(
    z.strictObject({
      theme: z.enum(['system', 'light', 'dark']).optional(),
      language: z.enum(['system', 'en', 'de']).optional(),
      words: z.int().min(5).max(12).optional(),
    }),
  ),

  getAbout: command<About>()(nothing),
  /** Opens one of a few constant addresses outside. */
  openPage: command<None>()(z.strictObject({ page: z.enum(['age', 'messages']) })),
  /** Forgets every secret that the screen has or could ask for, but those of connections. */
  forgetSecrets: command<None>()(nothing),
} as const;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;
/** What a command takes. */
export type CommandInput<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['input']>;
/** What a command answers when it succeeds. */
export type CommandOutput<N extends CommandName> = Exclude<
  (typeof COMMANDS)[N]['output'],
  undefined
>;
