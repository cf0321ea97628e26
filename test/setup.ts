import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type Cluster, startCluster } from './cluster.ts';
import { bundleProgram, type Program } from './program.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of a server: `postgres` returns the URL of the run's PostgreSQL, `program` the path of the bundled `crm`. */
    services: string;
  }
}

/** Starts PostgreSQL and bundles the program once for the whole run, when a test first asks for it: each takes seconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | undefined;
  let program: Promise<Program> | undefined;
  const answerOf = async (path: string | undefined) => {
    if (path === '/postgres') {
      cluster ??= startCluster();
      return (await cluster).url;
    }
    program ??= bundleProgram();
    return (await program).main;
  };
  const server = createServer(({ url }, response) => {
    answerOf(url).then(
      (answer) => response.end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('services', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await program?.then(({ remove }) => remove()).catch(() => {});
    await cluster?.then((started) => started.stop()).catch(() => {});
  };
}
