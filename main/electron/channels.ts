/** The one channel on which the screen asks. */
export const INVOKE = 'signet:invoke';
/** The one channel on which the host tells. */
export const EVENT = 'signet:event';
/** Not a command of the contract: how the preload hands over the path of what was dropped. The page cannot send it. */
export const GRANT = '@grant';
/** Where the page comes from, as `WebFrameMain.origin` gives it. Node's `URL` has `'null'` for it: compare the string. */
export const PAGE_ORIGIN = 'app://ui';
/** The page itself. */
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;
