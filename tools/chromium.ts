/** How Debian's Chromium starts without a window, a sandbox of its own, or a wish to call home. */
export const CHROMIUM = {
  executablePath: process.env['SIGNET_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
