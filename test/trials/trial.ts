import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Chance, chance } from '../chance.ts';
import { openHookServer } from './hook-server.ts';
import { type MailServer, openMailServer, type React } from './mail-server.ts';
import type { Crm } from './process.ts';
import { Shop, type ShopParts } from './shop.ts';

/** The counted figures; `skipped`: the thing that this machine lacks. */
export type Figures = Record<string, number> | { skipped: string };

export interface Trial {
  name: string;
  /** The promise, in a sentence. */
  holds: string;
  /** Throws where it does not hold. */
  run(bench: Bench): Promise<Figures>;
}

/** The bench of a trial: its folder, servers and processes, which end with it. */
export class Bench {
  readonly seed: number;
  /** As large as a promise wants it, not as short as the tests need it. */
  readonly long: boolean;
  readonly chance: Chance;
  /** All that were started, in order. */
  readonly commands: Crm[] = [];
  private readonly ends: (() => Promise<unknown>)[] = [];

  constructor(seed: number, long: boolean) {
    this.seed = seed;
    this.long = long;
    this.chance = chance(seed);
  }

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'kaskad-trial-'));
    this.atEnd(() => rm(path, { recursive: true, force: true }));
    return path;
  }

  async shop(parts: ShopParts, root?: string): Promise<Shop> {
    const shop = new Shop(root ?? (await this.folder()), (crm) => {
      this.commands.push(crm);
      this.atEnd(() => crm.end('SIGKILL'));
    });
    await shop.write(parts);
    await shop.empty();
    return shop;
  }

  async mail(react?: React): Promise<MailServer> {
    const server = await openMailServer(react);
    this.atEnd(() => server.close());
    return server;
  }

  async hook(react?: Parameters<typeof openHookServer>[0]) {
    const server = await openHookServer(react);
    this.atEnd(() => server.close());
    return server;
  }

  /** The last that was begun ends first. */
  atEnd(end: () => Promise<unknown>): void {
    this.ends.unshift(end);
  }

  async close(): Promise<void> {
    for (const end of this.ends.splice(0)) await end().catch(() => {});
  }
}

/** Waits until it is so. Throws after `ms`. */
export async function until(what: string, so: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !(await so()); await pause(10))
    if (Date.now() > end) throw new Error(`after ${ms / 1000} s not yet: ${what}`);
}
