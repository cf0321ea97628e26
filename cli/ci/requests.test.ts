import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GithubServer } from '../../test/forges/github.ts';
import { Requests, Unsure } from './requests.ts';

let github: GithubServer;
let waits: number[];
let stop: AbortController;
const now = Date.UTC(2026, 2, 7, 10);

beforeEach(async () => {
  github = new GithubServer();
  await github.start();
  github.openPull(12, 'a');
  waits = [];
  stop = new AbortController();
});
afterEach(() => github.stop());

function open(): Requests {
  return new Requests({
    name: 'GitHub',
    url: github.url,
    token: 'job-token',
    headers: {},
    now: () => now,
    signal: stop.signal,
    wait: async (ms) => void waits.push(ms),
  });
}

const path = '/repos/shop/crm/issues/12/comments';
const fail = (
  method: string,
  reply: { status: number; body?: unknown; headers?: Record<string, string> },
  times = 1,
) => {
  for (let i = 0; i < times; i++) github.faults.push({ method, reply });
};

describe('a request', () => {
  it('waits as long as it is asked to, by each of the ways', async () => {
    const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 20) };
    fail('GET', { status: 429, headers: { 'retry-after': '3' } });
    fail('GET', { status: 429, headers: { 'retry-after': new Date(now + 7000).toUTCString() } });
    fail('GET', { status: 403, headers: reset });
    fail('GET', { status: 429, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': String(now / 1000 + 5) } });
    fail('GET', { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } });
    expect(await open().list(path)).toEqual([]);
    expect(waits).toEqual([3000, 7000, 20_000, 5000, 60_000]);
  });

  it('does not wait longer than five minutes in all', async () => {
    fail('GET', { status: 429 }, 9);
    await expect(open().list(path)).rejects.toMatchObject({ code: 'forge-unreachable' });
    expect(waits).toEqual([60_000, 60_000, 60_000, 60_000, 60_000]);
  });

  it('is tried four times while the server is in trouble', async () => {
    fail('GET', { status: 502 }, 3);
    expect(await open().list(path)).toEqual([]);
    fail('GET', { status: 502 }, 4);
    await expect(open().list(path)).rejects.toThrow(/cannot be reached at 127\.0\.0\.1:\d+ \(502\)/);
    expect(waits).toEqual([1000, 2000, 4000, 1000, 2000, 4000]);
  });

  it('that creates something is not tried again by itself', async () => {
    fail('POST', { status: 502 });
    await expect(open().send('POST', path, { body: 'a' })).rejects.toBeInstanceOf(Unsure);
    github.faults.push({ method: 'POST' });
    await expect(open().send('POST', path, { body: 'a' })).rejects.toBeInstanceOf(Unsure);
    expect(github.writes).toHaveLength(2);
  });

  it('sends the token to no other server', async () => {
    const link = '<https://other.example/next>; rel="next"';
    fail('GET', { status: 200, body: [], headers: { link } });
    await expect(open().list(path)).rejects.toThrow('(other.example)');
  });

  it('reads no list without an end', async () => {
    const link = `<${github.url}${path}?page=2>; rel="next"`;
    fail('GET', { status: 200, body: [{ id: 1 }], headers: { link } }, 200);
    await expect(open().list(path)).rejects.toMatchObject({
      code: 'forge-refused',
      message: 'GitHub gives a list that does not end: 100 pages were read.',
    });
  });

  it('follows no redirect, and does not show the token where an answer quotes it', async () => {
    fail('POST', { status: 307, headers: { location: `${github.url}/elsewhere` } });
    const requests = open();
    const refused = async () => requests.fine(await requests.send('POST', path, { body: 'Hello' }));
    await expect(refused()).rejects.toMatchObject({ code: 'forge-refused', message: expect.stringContaining('(307)') });
    fail('POST', { status: 422, body: { message: 'Bearer job-token is not allowed' } });
    await expect(refused()).rejects.toMatchObject({ message: expect.not.stringContaining('job-token') });
  });

  it('ends when the job is stopped', async () => {
    stop.abort();
    await expect(open().list(path)).rejects.toMatchObject({ code: 'interrupted' });
  });
});
