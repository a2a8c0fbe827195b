import { writeSync } from 'node:fs';

/* Plain JavaScript, so that it adds nothing worth mentioning. Preloaded into a measured process: says on descriptor 3 how much memory it took at most, in bytes. */
process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS * 1024));
});
