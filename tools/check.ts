import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/*
 * `npm run check`: every check that reads the sources, side by side, as each of them uses one core. What each has to say is printed
 * as a whole when it has ended.
 */
const CHECKS = ['lint', 'types', 'unused', 'layers', 'format'];

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

function check(name: string): Promise<Outcome> {
  const started = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const child = spawn('npm', ['run', '--silent', `check:${name}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npm is a script for its shell.
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString();
    });
  child.on('error', reject);
  child.on('close', (code) => {
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(output);
    console.log(`check:${name} ${code === 0 ? 'passed' : 'FAILED'} (${seconds.toFixed(0)} s)`);
    resolve({ name, passed: code === 0, seconds });
  });
  return promise;
}

const waiting = [...CHECKS];
const outcomes: Outcome[] = [];

async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
    outcomes.push(await check(name));
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
