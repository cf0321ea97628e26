import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';

/** The API of a service, and how patient the caller is. */
export interface Target {
  /** `GitHub`, for errors. */
  name: string;
  /** The URL of the API, without a slash at its end. */
  url: string;
  token: string;
  headers: Record<string, string>;
  /** Epoch milliseconds. */
  now(): number;
  signal: AbortSignal;
  /** Waits so many milliseconds; default: it does. */
  wait?(ms: number): Promise<void>;
}

export interface Answer {
  status: number;
  /** The parsed JSON; undefined for another text. */
  body: unknown;
  text: string;
  /** The address of the next page. */
  next: string | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request that creates something may have been carried out although no answer came. */
export class Unsure extends Error {
  override name = 'Unsure';
}

/** The number of tries of a request that gets no answer, or a server error. */
const TRIES = 4;
/** The most time that a command waits for a limit to end, milliseconds. */
const PATIENCE = 5 * 60_000;
/** The most pages that are read of a list: 10,000 comments. */
const PAGES = 100;
/** The most time that an answer may take, milliseconds. */
const TIMEOUT = 30_000;

/**
 * Sends requests to the API of GitHub or GitLab, one after another. It waits where the service asks it to, and tries again what cannot do
 * harm twice. Errors name neither the token nor what was sent.
 */
export class Requests {
  private readonly target: Target;
  private waited = 0;

  constructor(target: Target) {
    this.target = target;
  }

  /**
   * Returns the answer, whatever its status is. `harmless`: the request may be carried out twice. Throws UserError for a service that
   * cannot be reached, and Unsure.
   */
  async send(
    method: Method,
    path: string,
    body?: Record<string, unknown>,
    harmless = method !== 'POST',
  ): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const response = await this.ask(method, path, body);
      const wait = response instanceof Response ? limited(response, this.target.now()) : undefined;
      if (response instanceof Response) {
        const answer = await read(response);
        const ms = wait ?? (isLimit(answer) ? 60_000 : undefined);
        if (ms !== undefined) {
          await this.waitForLimit(ms);
          continue;
        }
        if (response.status < 500) return answer;
      }
      if (!harmless) {
        await this.wait(1000);
        throw new Unsure();
      }
      if (tries === TRIES) throw this.unreachable(response instanceof Response ? String(response.status) : response);
      await this.wait(1000 * 2 ** (tries - 1));
    }
  }

  /** Returns the items of a list, from all its pages. Throws as `fine` does, and UserError where they do not end. */
  async list(path: string): Promise<unknown[]> {
    const items: unknown[] = [];
    let next: string | undefined = path;
    for (let page = 0; next !== undefined; page++) {
      if (page === PAGES) throw this.endless();
      const answer: Answer = this.fine(await this.send('GET', next));
      if (!Array.isArray(answer.body)) throw this.unreachable('JSON');
      items.push(...answer.body);
      next = answer.next;
    }
    return items;
  }

  /** Returns an answer of success. Throws UserError for a refusal. */
  fine(answer: Answer): Answer {
    if (answer.status < 300) return answer;
    const { name } = this.target;
    const status = String(answer.status);
    if (answer.status === 401)
      throw new UserError('forge-refused', t`${name} does not accept the token (401).`, t`It may have expired.`);
    if (answer.status === 403)
      throw new UserError('forge-refused', t`The token may not do this on ${name} (403).`, rights(name));
    if (answer.status === 404)
      throw new UserError(
        'forge-refused',
        t`${name} has no such repository or pull request, or the token may not see it (404).`,
        rights(name),
      );
    throw new UserError(
      'forge-refused',
      t`${name} refused the request (${status}): ${said(answer, this.target.token)}`,
    );
  }

  private async ask(method: Method, path: string, body: Record<string, unknown> | undefined) {
    const { url, token, headers, signal } = this.target;
    const address = URL.canParse(path) ? path : `${url}${path}`;
    // The token goes to this service alone.
    if (new URL(address).origin !== new URL(url).origin) throw this.unreachable(new URL(address).host);
    try {
      return await fetch(address, {
        method,
        // Another host must not get the comment.
        redirect: 'manual',
        headers: {
          ...headers,
          Authorization: `Bearer ${token}`,
          'User-Agent': 'kaskad',
          ...(body && { 'Content-Type': 'application/json' }),
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      if (signal.aborted) throw interrupted();
      return causeOf(error);
    }
  }

  private async waitForLimit(ms: number): Promise<void> {
    this.waited += ms;
    if (this.waited <= PATIENCE) return this.wait(ms);
    throw new UserError(
      'forge-unreachable',
      t`${this.target.name} allows no more requests for now, and asks to wait ${String(Math.ceil(ms / 1000))} s.`,
      t`Run the job again later.`,
    );
  }

  private async wait(ms: number): Promise<void> {
    const { signal } = this.target;
    try {
      await (this.target.wait?.(ms) ?? pause(ms, undefined, { signal }));
    } catch (error) {
      if (signal.aborted) throw interrupted();
      throw error;
    }
  }

  private endless(): UserError {
    const message = t`${this.target.name} gives a list that does not end: ${String(PAGES)} pages were read.`;
    return new UserError('forge-refused', message, t`Is a proxy in between?`);
  }

  private unreachable(reason: string): UserError {
    const { name, url } = this.target;
    return new UserError(
      'forge-unreachable',
      t`${name} cannot be reached at ${new URL(url).host} (${reason}).`,
      t`Run the job again. A proxy or an authority of your own: NODE_USE_ENV_PROXY=1, NODE_EXTRA_CA_CERTS.`,
    );
  }
}

/** Returns how long a service asks to wait, milliseconds; undefined where it does not ask. */
function limited({ status, headers }: Response, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = headers.get('retry-after');
  if (after !== null) return Math.max(0, Number(after) * 1000 || Date.parse(after) - now || 0);
  const reset = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset');
  const remaining = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
  if (remaining === '0' && reset !== null) return Math.max(0, Number(reset) * 1000 - now);
  return undefined;
}

/** A limit that does not say how long it lasts. */
function isLimit({ status, text }: Answer): boolean {
  return status === 429 || (status === 403 && /rate limit/i.test(text));
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text().catch(() => '');
  const [, next] = /<([^>]*)>;[^,]*\brel="?next"?/.exec(response.headers.get('link') ?? '') ?? [];
  return { status: response.status, body: parsed(text), text, next };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns what a service says about a refusal, on one line. */
/** The beginning of an answer, which may quote the request. */
function said({ text }: Answer, token: string): string {
  return text.replaceAll(token, '***').replaceAll(/\s+/g, ' ').slice(0, 300);
}

function rights(name: string): string {
  return name === 'GitHub'
    ? t`The job needs the right to write: permissions: { pull-requests: write }, and statuses: write for --status.`
    : t`The token needs the scope \`api\` and the role of a developer in the project.`;
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.name : 'error';
}

function interrupted(): UserError {
  return new UserError(
    'interrupted',
    t`Interrupted while talking to the service; it may have the new comment or the old one.`,
  );
}
