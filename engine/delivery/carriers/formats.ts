import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import type { Outgoing } from './carrier.ts';
import { writeMime } from './mime.ts';

/** How messages of a kind are written where they leave as they are. */
interface Format {
  /** The ending of the name of a message's file, without the dot. */
  ending: string;
  /** A message as a file holds it. */
  file(message: Outgoing): Promise<Buffer> | string;
  /** A message as the JSON of a request; absent: the text is that JSON. */
  json?(message: Outgoing): object;
}

const plain: Format = {
  ending: 'txt',
  file: ({ from, to, at, text }) => `${from ? `From: ${from}\n` : ''}To: ${to}\nDate: ${instant(at)}\n\n${text}\n`,
};

export const formats: Readonly<Record<ChannelKind, Format>> = {
  email: { ending: 'eml', file: writeMime },
  sms: plain,
  messenger: plain,
  push: {
    ending: 'json',
    file: ({ id, campaign, at, to, subject, text }) =>
      `${JSON.stringify({ id, campaign, at: instant(at), to, title: subject, text }, null, 2)}\n`,
  },
  webhook: { ending: 'json', file: ({ text }) => `${text}\n` },
  task: {
    ending: 'txt',
    file: ({ id, campaign, to, subject, text, at }) =>
      `Customer: ${to}\nCampaign: ${campaign}\nDate: ${instant(at)}\nId: ${id}\nSubject: ${subject ?? ''}\n\n${text}\n`,
    json: ({ id, campaign, to, subject, text, at }) => ({
      id,
      campaign,
      customer: to,
      title: subject ?? '',
      text,
      decided_at: instant(at),
    }),
  },
};

function instant(at: number): string {
  return new Date(at).toISOString();
}
