/** Volumes have `.001` and so on behind the name of the whole. */
const OWN = /\.age(?:\.\d{3,6})?$/i;
/** As Signet calls a bundle where nobody gave it a name. */
const NAMED_BY_SIGNET = /^bundle-[\w-]+\.(?:zip|7z|html)(?:\.\d{3,6})?$/i;
const OPENABLE = /\.(?:age|zip|7z|html?)(?:\.\d{3,6})?$/i;

/**
 * Whether a file that is dropped somewhere is a bundle to be opened, judged by its name alone. A ZIP that is dropped where documents
 * are put together may well be a document.
 *
 * @param name - of the file
 * @param sending - whether it is dropped on the Send screen
 */
export function looksSealed(name: string, sending: boolean): boolean {
  return OWN.test(name) || NAMED_BY_SIGNET.test(name) || (!sending && OPENABLE.test(name));
}

/**
 * Whether these may be the volumes of one bundle, judged by their names alone.
 *
 * @param names - of files
 */
export function areVolumes(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => /.\.\d{3,6}$/.test(name));
}
