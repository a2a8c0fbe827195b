#!/usr/bin/env node
import { readFileSync } from 'node:fs';

/** The version in package.json. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

const args = process.argv.slice(2);
// Answered without loading anything: scripts ask for it, and it says at once whether the program runs at all.
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version()}\n`);
} else {
  // npm starts scripts in the package's folder; paths are meant from where the person stands.
  const startedIn = process.env['INIT_CWD'];
  if (process.env['npm_lifecycle_event'] === 'signet' && startedIn !== undefined)
    process.chdir(startedIn);
  const { run } = await import('./program.ts');
  process.exitCode = await run(args, version());
}
