import { spawn } from 'node:child_process';
import { namespace } from '../engine/plan/signature.ts';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';

/**
 * Signs a text with a key of OpenSSH, by its own `ssh-keygen`: it knows passphrases, which it asks for on the terminal, and keys in an agent. Throws
 * UserError where it cannot.
 */
export function sign(key: string, text: string): Promise<string> {
  return keygen(key, ['-Y', 'sign', '-n', namespace, '-f', key], text);
}

/** Returns the fingerprint of a key, `SHA256:…`, for which no passphrase is needed. Throws UserError for a file that is no key. */
export async function fingerprintOf(key: string): Promise<string> {
  const [, print = ''] = (await keygen(key, ['-l', '-E', 'sha256', '-f', key])).split(' ');
  return print;
}

function keygen(key: string, words: string[], text = ''): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('ssh-keygen', words, { stdio: 'pipe' });
    const [out, error]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => error.push(part));
    child.on('error', () =>
      fail(
        new UserError(
          'key-unusable',
          t`There is no program \`ssh-keygen\`, which signs.`,
          t`Install OpenSSH, or approve where it is installed.`,
        ),
      ),
    );
    child.on('close', (code) => {
      if (code === 0) done(Buffer.concat(out).toString('utf8').trim());
      else fail(unusable(key, Buffer.concat(error).toString('utf8')));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}

function unusable(key: string, said: string): UserError {
  const last = (said.trim().split('\n').at(-1) ?? '').replace(/\.$/, '');
  return new UserError(
    'key-unusable',
    t`The key ${key} cannot sign: ${last}.`,
    t`Name a private key of ed25519 with --key, as \`ssh-keygen -t ed25519\` makes it; with ssh-agent, its public part.`,
  );
}
