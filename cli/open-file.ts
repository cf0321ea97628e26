import { spawn } from 'node:child_process';
import type { Io } from './io.ts';

const openers: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

/** Opens a file in the program that the desktop has for it. Returns false if there is none. */
export function openFile(io: Io, path: string): Promise<boolean> {
  const [command = '', ...first] = openers[process.platform] ?? ['xdg-open'];
  return new Promise((done) => {
    const child = spawn(command, [...first, path], {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, ...io.env },
    });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}
