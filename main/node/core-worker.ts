import { parentPort, workerData } from 'node:worker_threads';
import { createApp } from '../../app/app.ts';
import type { SessionOptions } from '../../app/contract/host.ts';
import { createSession } from '../../app/session.ts';
import { readPageTemplate } from './page-template.ts';
import { serveCore } from './serve-core.ts';

const options = workerData as SessionOptions;
if (parentPort !== null)
  await serveCore(parentPort, (ports) =>
    createSession(options, ports, createApp({ pageTemplate: () => readPageTemplate() })),
  );
