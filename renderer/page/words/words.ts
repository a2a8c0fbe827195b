/** What happened, what it means for the documents, and what to do. */
export interface ProblemWords {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

/** All that the page says, in one language. */
export interface Words {
  readonly title: string;
  readonly loading: string;
  readonly locked: {
    readonly heading: string;
    readonly meaning: string;
    readonly sealed: (size: string) => string;
    readonly label: string;
    readonly hint: string;
    readonly placeholder: string;
    readonly show: string;
    readonly hide: string;
    readonly unlock: string;
    readonly recognised: (count: number) => string;
    readonly unknown: (word: string) => string;
    readonly meant: string;
    readonly replace: (word: string, by: string) => string;
    readonly own: string;
    readonly wrong: string;
    readonly wrongMeaning: string;
    readonly wrongNext: string;
  };
  readonly caution: { readonly title: string; readonly meaning: string };
  readonly working: {
    readonly derive: string;
    readonly open: string;
    readonly label: string;
    readonly cancel: string;
  };
  readonly opened: {
    readonly verified: string;
    readonly intact: string;
    readonly matched: string;
    readonly partial: string;
    readonly absent: string;
    readonly sealedBy: string;
    readonly note: string;
    readonly heading: string;
    readonly total: (count: number, number: string, size: string) => string;
    readonly none: string;
    readonly more: (number: string) => string;
    readonly verifiedOne: string;
    readonly intactOne: string;
    readonly sum: string;
    readonly save: string;
    readonly saveNamed: (name: string) => string;
    readonly saveOnly: string;
    readonly saveAll: (count: number, number: string) => string;
    readonly zipHint: string;
    readonly packing: string;
    readonly saved: (name: string) => string;
    readonly close: string;
  };
  readonly about: {
    readonly title: string;
    readonly signetTitle: string;
    readonly signet: string;
    readonly ageTitle: string;
    readonly age: string;
    readonly ageFile: string;
    readonly ageFileHint: string;
    readonly checkTitle: string;
    readonly check: string;
    readonly made: (version: string) => string;
    readonly madeBy: string;
    readonly program: string;
    readonly format: string;
    readonly key: string;
    readonly keyTerms: (logN: number) => string;
    readonly cipher: string;
    readonly network: string;
    readonly noNetwork: string;
    readonly licences: string;
  };
  readonly problems: {
    readonly pageTruncated: ProblemWords;
    readonly pageMalformed: ProblemWords;
    readonly malformed: ProblemWords;
    readonly notAuthentic: ProblemWords;
    readonly mismatch: (name: string) => ProblemWords;
    readonly unsafe: (name: string) => ProblemWords;
    readonly duplicate: (name: string, other: string) => ProblemWords;
    readonly tooMany: (limit: string) => ProblemWords;
    readonly memory: (size: string) => ProblemWords;
    readonly workFactor: (size: string) => ProblemWords;
    readonly keyNeeded: ProblemWords;
    readonly internal: ProblemWords;
    readonly code: (code: string) => string;
  };
}
