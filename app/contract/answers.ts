/** How strong a passphrase of one's own is. */
export interface StrengthView {
  /** Estimated bits: log2 of the guesses that a good attacker needs. */
  readonly bits: number;
  readonly enough: boolean;
  readonly floor: number;
}

/** A word that is not on the list. */
export interface UnknownWordView {
  readonly typed: string;
  /** Nearest first. */
  readonly nearest: readonly string[];
}

/** A picture, small enough to hand over whole. */
export interface PreviewView {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';
  readonly base64: string;
}

/** A passphrase on its way to the eyes of the person. */
export interface RevealedPassphrase {
  readonly passphrase: string;
  /** The words that it was made of; none for one of one's own. */
  readonly words: readonly string[];
}
