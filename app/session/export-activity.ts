import { isAppError } from '../contract/errors.ts';
import type { ActivityRecord } from '../contract/views.ts';
import { OutputFile } from '../files/output-file.ts';
import type { ActivityLog } from './activity.ts';

const COLUMNS = [
  'at',
  'kind',
  'result',
  'bundle',
  'location',
  'bytes',
  'sha256',
  'documents',
  'error',
  'took',
  'id',
] as const satisfies readonly (keyof ActivityRecord)[];

const MAX_ATTEMPTS = 1000;
/** Written in pieces of about this size. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * Writes the activity into a folder, under a name with the date, never replacing a file.
 *
 * @param log - the activity
 * @param directory - the folder
 * @param format - CSV, or JSON Lines as the log itself is kept
 * @returns the file's path
 * @throws `output-missing`, `output-unwritable`, `disk-full`
 */
export async function exportActivity(
  log: ActivityLog,
  directory: string,
  format: 'csv' | 'jsonl',
): Promise<string> {
  const date = new Date().toISOString().slice(0, 10);
  for (let attempt = 1; ; attempt += 1) {
    const number = attempt === 1 ? '' : `-${String(attempt)}`;
    const file = await OutputFile.create(directory, `signet-activity-${date}${number}.${format}`);
    try {
      await write(file, log, format);
      await file.commit();
      return file.path;
    } catch (error) {
      if (!isAppError(error, 'output-exists') || attempt === MAX_ATTEMPTS) throw error;
    } finally {
      await file.discard();
    }
  }
}

async function write(file: OutputFile, log: ActivityLog, format: 'csv' | 'jsonl'): Promise<void> {
  let text = format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '';
  for await (const record of log.all()) {
    text += format === 'csv' ? csvLine(record) : `${JSON.stringify(record)}\n`;
    if (text.length < PIECE_CHARACTERS) continue;
    await file.write(Buffer.from(text));
    text = '';
  }
  await file.write(Buffer.from(text));
}

/** RFC 4180. Ids are Signet's own, of letters, digits, `-` and `_`. */
function csvLine(record: ActivityRecord): string {
  return `${COLUMNS.map((column) => (column === 'id' ? record.id : csvField(record[column]))).join(',')}\r\n`;
}

/**
 * A spreadsheet takes what begins with one of these signs for a formula, and names of bundles come from others: an apostrophe
 * before it makes it text.
 */
function csvField(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
