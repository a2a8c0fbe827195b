import { missingPeers } from './peers.ts';

/** Says once, before any test, what is going to be skipped and why. */
export default function reportSkips(): void {
  for (const reason of missingPeers()) console.log(`Skipped: ${reason}.`);
}
