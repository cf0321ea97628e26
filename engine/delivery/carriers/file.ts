import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import type { Carrier, Outcome, Outgoing } from './carrier.ts';
import { formats } from './formats.ts';

/** Writes one file per message. Sending a message again overwrites its file, so nothing is ever there twice or half. */
export function openFolder(kind: ChannelKind, directory: string): Carrier {
  const format = formats[kind];
  return {
    concurrency: 8,
    send: async (message): Promise<Outcome> => {
      const file = join(directory, `${fileName(message)}.${format.ending}`);
      try {
        const content = await format.file(message);
        await mkdir(directory, { recursive: true });
        await writeFile(`${file}.part`, content);
        await rename(`${file}.part`, file);
        return { status: 'sent' };
      } catch (error) {
        return { status: 'retry', reason: 'connection', detail: codeOf(error) };
      }
    },
    close: async () => {},
  };
}

/** Returns the name of a message's file, such as `20260302T120000Z-email-1a2b3c4d5e6f`, which sorts by time. */
export function fileName(message: Pick<Outgoing, 'at' | 'channel' | 'id'>): string {
  const at = new Date(message.at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${at}-${message.channel}-${message.id.slice(0, 12)}`.replaceAll(/[^\w.-]/g, '-');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'write failed';
}
