/** Nothing left the documents' place. */
export const NOTHING_SEALED = 'Es wurde nichts versiegelt und nichts gesendet.';
/** Of S3. */
export const NOTHING_MOVED = 'Es wurde nichts gesendet, abgeholt oder gelöscht.';
/** Of opening. */
export const NOTHING_SAVED =
  'Keines seiner Dokumente wurde gespeichert. Das Bündel ist unverändert.';
