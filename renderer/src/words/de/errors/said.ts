/** Nothing left the documents' place. */
export const NOTHING_SEALED = 'Es wurde nichts versiegelt und nichts gesendet.';
/** Of S3. */
export const NOTHING_MOVED = 'Es wurde nichts gesendet, abgeholt oder gelöscht.';
/** Of email that was not made. */
export const NO_MESSAGE = 'Es wurde keine Nachricht erstellt und nichts gesendet.';
/** Of email that was made. */
export const KEPT = 'Die Nachricht liegt im Postausgang und kann noch einmal gesendet werden.';
/** Of email that was made, and did not get through. */
export const NOT_SENT =
  'Die Nachricht wurde nicht gesendet. Sie liegt im Postausgang und kann noch einmal gesendet werden.';
/** Of opening. */
export const NOTHING_SAVED =
  'Keines seiner Dokumente wurde gespeichert. Das Bündel ist unverändert.';
