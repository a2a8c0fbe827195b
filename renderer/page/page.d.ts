declare module '*.css';

/** The version of Signet, put in by the build. */
declare const SIGNET_VERSION: string;
