import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelKind } from '../../../spec/model/model.ts';
import type { Carrier, Outcome, Outgoing } from './carrier.ts';
import { writeMime } from './mime.ts';
import { taskText } from './task.ts';

const endings: Record<ChannelKind, string> = {
  email: 'eml',
  sms: 'txt',
  messenger: 'txt',
  push: 'json',
  webhook: 'json',
  task: 'txt',
};

/** One file per message. Sending a message again overwrites its file, so nothing is ever there twice or half. */
export function openFolder(kind: ChannelKind, directory: string): Carrier {
  return {
    concurrency: 8,
    send: async (message): Promise<Outcome> => {
      const file = join(directory, `${fileName(message)}.${fileEnding(kind)}`);
      try {
        const content = await fileContent(kind, message);
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

/** `20260302T120000Z-email-1a2b3c4d5e6f`: sorts by time. */
export function fileName(message: Pick<Outgoing, 'at' | 'channel' | 'id'>): string {
  const at = new Date(message.at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${at}-${message.channel}-${message.id.slice(0, 12)}`.replaceAll(/[^\w.-]/g, '-');
}

/** The ending of the name of a message's file, without the dot. */
export function fileEnding(kind: ChannelKind): string {
  return endings[kind];
}

/** A message as a file holds it. */
export function fileContent(kind: ChannelKind, message: Outgoing): Promise<Buffer> | string {
  const { id, campaign, to, from, subject, text } = message;
  const at = new Date(message.at).toISOString();
  if (kind === 'email') return writeMime(message);
  if (kind === 'webhook') return `${text}\n`;
  if (kind === 'task') return taskText(message);
  if (kind === 'push') return `${JSON.stringify({ id, campaign, at, to, title: subject, text }, null, 2)}\n`;
  return `${from ? `From: ${from}\n` : ''}To: ${to}\nDate: ${at}\n\n${text}\n`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'write failed';
}
