import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nodemailer from 'nodemailer';
import { openSmtp } from '../engine/delivery/carriers/smtp.ts';
import { dispatch } from '../engine/delivery/dispatch.ts';
import type { Renderer } from '../engine/delivery/render/renderer.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { fill, options } from '../test/outbox.ts';
import type { BenchLine } from './bench.ts';

const count = 1000;
const rounds = 7;
const html = `<p>Здравствуйте!</p>${'<p>В вашей корзине остались вещи. <a href="https://shop.example">Вернуться</a></p>'.repeat(30)}`;
const text = 'Здравствуйте! В вашей корзине остались вещи.\n'.repeat(30);
const subject = 'Вы забыли в корзине пару вещей';
const renderer: Renderer = { render: () => ({ subject, html, text, locale: null }) };

/**
 * 1,000 decided messages from the embedded store through the SMTP channel, against bare pooled nodemailer sending 1,000
 * messages like them to the same server, in turns; medians of seven rounds, in messages per second.
 */
export async function smtpBench(): Promise<BenchLine> {
  const server = fork(fileURLToPath(new URL('smtp-server.ts', import.meta.url)));
  const [port] = (await once(server, 'message')) as [number];
  const url = `smtp://127.0.0.1:${port}`;
  try {
    const pairs: { ours: number; theirs: number }[] = [];
    for (let round = 0; round <= rounds; round++) {
      const ours = await sendOurs(url);
      const theirs = await sendTheirs(url);
      // The first round only warms up.
      if (round > 0) pairs.push({ ours, theirs });
    }
    return {
      name: 'SMTP dispatch',
      ours: median(pairs.map((pair) => pair.ours)),
      theirs: median(pairs.map((pair) => pair.theirs)),
      unit: 'messages/s',
      // Neighbours in time, so that a machine that is busy for a while does not decide it.
      ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
      note: `${count} messages; bare nodemailer with the same pool`,
    };
  } finally {
    server.disconnect();
  }
}

async function sendOurs(url: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-bench-'));
  const db = await DuckDb.open(join(folder, 'store.duckdb'));
  const carrier = openSmtp('email', url);
  try {
    await fill(db, count);
    const began = performance.now();
    const { total } = await dispatch(db, options(carrier, { renderer }));
    const seconds = (performance.now() - began) / 1000;
    if (total.sent !== count) throw new Error(`sent ${total.sent} of ${count}`);
    return count / seconds;
  } finally {
    await carrier.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function sendTheirs(url: string): Promise<number> {
  const pool = nodemailer.createTransport({ url, pool: true });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      pool.sendMail({
        from: 'Shop <shop@example.com>',
        to: `buyer${i}@example.com`,
        subject,
        html,
        text,
        messageId: `<${i.toString(16).padStart(32, '0')}@example.com>`,
        headers: {
          'List-Unsubscribe': `<https://shop.example/unsubscribe?m=${i.toString(16).padStart(32, '0')}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  pool.close();
  return count / seconds;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
