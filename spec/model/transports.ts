import { type ChannelKind, channelKinds } from './channel-kinds.ts';

/** The keys of a channel that are about its transport alone: a transport that does not need one ignores it. */
export const transportKeys = ['url', 'directory'] as const;

interface Traits {
  /** The kinds of channels whose messages it can carry. */
  carries: readonly ChannelKind[];
  needs: readonly (keyof typeof keyExamples)[];
  /** The beginning of its URL, where it has one. */
  url?: { begins: RegExp; example: string };
  /** Messages leave this machine. */
  leaves: boolean;
}

/** Examples of the keys that transports need. */
export const keyExamples = {
  url: 'url: env:SMTP_URL',
  from: 'from: "Shop <shop@example.com>"',
  directory: 'directory: out/messages',
} as const;

const table = {
  smtp: {
    carries: ['email'],
    needs: ['url', 'from'],
    url: { begins: /^smtps?:/, example: 'smtp://localhost:2525' },
    leaves: true,
  },
  http: {
    carries: ['webhook', 'task'],
    needs: ['url'],
    url: { begins: /^https:|^http:\/\/localhost(?=[:/]|$)/, example: 'https://crm.example/hooks' },
    leaves: true,
  },
  file: { carries: channelKinds, needs: ['directory'], leaves: false },
  console: { carries: channelKinds, needs: [], leaves: false },
} as const satisfies Record<string, Traits>;

type Table = typeof table;
export type TransportName = keyof Table;
type Settings<Name extends TransportName> = Extract<Table[Name]['needs'][number], (typeof transportKeys)[number]>;

/**
 * A transport with its settings. `url` is a reference (`env:NAME`, `file:PATH`), resolved only where a message leaves; a URL
 * without credentials may be written here.
 */
export type Transport<Name extends TransportName = TransportName> = {
  [Each in Name]: { kind: Each } & { [Key in Settings<Each>]: string };
}[Name];

/** The traits of the transports. The carrier of each is in engine/delivery/carriers/. */
export const transports: Readonly<Record<TransportName, Traits>> = table;

export const transportNames = Object.keys(table) as TransportName[];
