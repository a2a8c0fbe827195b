import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { AppOptions, Place } from '../../app/app.ts';

/** The options of every command. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The options of commands that may reach S3. */
export interface S3Options {
  readonly endpoint?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly allowHttp?: boolean;
}

/** The options of commands that encrypt or decrypt. */
export interface EngineOptions {
  readonly engine?: AppOptions['engine'];
}

/**
 * Adds the options of every command.
 *
 * @param command - the command
 */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on standard output, and nothing else there')
    .option('-q, --quiet', 'show no progress');
}

/**
 * Adds the options of commands that may reach S3.
 *
 * @param command - the command
 */
export function withS3Options(command: Command): Command {
  return command
    .option('--endpoint <url>', "an S3-compatible service instead of Amazon's own")
    .option('--region <region>', 'the region of the bucket')
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option('--allow-http', 'accept an endpoint without TLS that is not this machine');
}

/**
 * Adds the switch that forces one implementation of the cipher.
 *
 * @param command - the command
 */
export function withEngineOption(command: Command): Command {
  return command.addOption(
    new Option('--engine <name>', 'force one implementation of the cipher').choices([
      'openssl',
      'sodium',
      'wasm',
    ]),
  );
}

/**
 * The place that a URL or path and the S3 options describe.
 *
 * @param url - `s3://bucket/prefix/` or a path
 * @param options - as given
 */
export function placeOf(url: string, options: S3Options): Place {
  const { endpoint, region, profile, allowHttp } = options;
  return { url, s3: { endpoint, region, profile, allowHttp } };
}

/**
 * Reads a whole number from the command line.
 *
 * @param text - as given
 */
export function wholeNumber(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

/**
 * Collects an option that may be given several times.
 *
 * @param value - this time
 * @param previous - the times before
 */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
