import { execFileSync } from 'node:child_process';

/** The address and keys of a real S3 server that was started for the tests. */
export interface S3Server {
  readonly endpoint: string;
  readonly httpsEndpoint: string;
  /** The server's own certificate, in PEM. */
  readonly caFile: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The real S3 server, from the variable SIGNET_TEST_S3: `ENDPOINT=… HTTPS=… CA=… ACCESS_KEY=… SECRET_KEY=…` in one line.
 */
export function s3Server(): S3Server | undefined {
  const line = process.env['SIGNET_TEST_S3'];
  if (line === undefined || line === '') return undefined;
  const fields = new Map(
    line.split(' ').map((field) => field.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`SIGNET_TEST_S3 has no ${name}`);
    return value;
  };
  return {
    endpoint: field('ENDPOINT'),
    httpsEndpoint: field('HTTPS'),
    caFile: field('CA'),
    accessKeyId: field('ACCESS_KEY'),
    secretAccessKey: field('SECRET_KEY'),
  };
}

/**
 * Whether a command is installed.
 *
 * @param name - of the command
 */
export function hasCommand(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether the tests run as root, who may mount a small disk and ignores permissions. */
export const isRoot = process.getuid?.() === 0;

/** The peers that are missing here, and what is not tested without them. */
export function missingPeers(): string[] {
  const missing: string[] = [];
  if (s3Server() === undefined)
    missing.push('SIGNET_TEST_S3 is not set: the tests against a real S3 server');
  if (!hasCommand('age')) missing.push('age is not installed: the tests with the age tool');
  if (!hasCommand('7zz')) missing.push('7zz is not installed: the tests with 7-Zip');
  if (!hasCommand('bsdtar')) missing.push('bsdtar is not installed: the tests with libarchive');
  if (!hasCommand('zip') || !hasCommand('unzip'))
    missing.push('zip or unzip is not installed: the tests with Info-ZIP');
  if (!hasCommand('unzip')) missing.push('unzip is not installed: the test of what it cannot open');
  if (!hasCommand('chromium'))
    missing.push('chromium is not installed: the tests of the self-opening page in it');
  if (!hasCommand('firefox-esr'))
    missing.push('firefox-esr is not installed: the tests of the self-opening page in it');
  if (!hasCommand('mkfifo')) missing.push('mkfifo is not installed: the tests with pipes on disk');
  if (process.platform !== 'linux')
    missing.push('not Linux: the tests with files that the system makes up');
  if (!hasCommand('python3')) missing.push('python3 is not installed: the tests on a terminal');
  if (!isRoot) missing.push('not root: the tests on a disk that is really full');
  return missing;
}
