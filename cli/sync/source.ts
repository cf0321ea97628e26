import { resolve } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import type { Io } from '../io.ts';

/** The place in git from which a project is taken: a repository, a branch, and the folder of the project there. */
export interface Source {
  /** May hold credentials: it is given to git alone. */
  url: string;
  ref: string;
  /** With a slash at its end; empty for the top. */
  folder: string;
  /** The source as it may be shown: without credentials. */
  shown: string;
}

/**
 * Reads `<url>#<ref>` or `<url>#<ref>:<folder>`; without `#` the default branch counts. The URL may be a path or `env:NAME`. Throws UserError for what git
 * would not take as one.
 */
export function readSource(text: string, { env, cwd }: Pick<Io, 'env' | 'cwd'>): Source {
  const at = text.lastIndexOf('#');
  const [place, fragment] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  const [, ref = '', folder = ''] = /^([^:]*)(?::(.*))?$/s.exec(fragment) ?? [];
  const [, name] = /^env:(.+)$/.exec(place) ?? [];
  const url = name === undefined ? place : env[name];
  if (!url)
    throw name === undefined
      ? unusable()
      : new UserError(
          'secret-missing',
          t`The environment variable ${name} is not set.`,
          t`Set it: \`--sync\` takes the repository from it.`,
        );
  // git would run a program for ext::, and take a leading hyphen for an option.
  if (/^-|^ext::|\p{Cc}/u.test(url) || !/^[\w./+@-]*$/.test(ref) || /^[-/]|\.\./.test(ref)) throw unusable();
  const inside = folder.replace(/^\/+|\/+$/g, '');
  if (inside.split('/').includes('..')) throw unusable();
  const branch = ref || 'HEAD';
  const shown = `${withoutCredentials(url)}#${branch}${inside && `:${inside}`}`;
  // git is called in another folder.
  const local = !/^[^/]+:/.test(url);
  return { url: local ? resolve(cwd, url) : url, ref: branch, folder: inside && `${inside}/`, shown };
}

function unusable(): UserError {
  return new UserError(
    'wrong-call',
    t`The repository is not written as git knows it.`,
    t`Write \`https://host/shop.git#main\`, or \`https://host/all.git#main:shop\` for a project in a folder.`,
  );
}

function withoutCredentials(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^[a-z+]+:\/\//.test(url)) return url;
  parsed.password = '';
  // The user of ssh is no secret; a token of a host is often written as the user.
  if (parsed.protocol !== 'ssh:') parsed.username = '';
  parsed.search = '';
  return parsed.href;
}

/** Returns a text of git without the credentials of the source. */
export function withoutSecrets(text: string, { url, shown }: Source): string {
  const plain = shown.slice(0, shown.lastIndexOf('#'));
  const { username = '', password = '', search = '' } = URL.parse(url) ?? {};
  const secrets = [password, ...new URLSearchParams(search).values(), /^ssh:/.test(url) ? '' : username].filter(
    (one) => one.length > 2,
  );
  const decoded = secrets.flatMap((one) => [one, percentDecoded(one)]);
  let clean = text.replaceAll(url, plain).replaceAll(/:\/\/[^\s/@]*@/g, '://');
  for (const one of decoded) clean = clean.replaceAll(one, '***');
  return clean;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
