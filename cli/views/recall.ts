import type { Program } from '../../engine/program/program.ts';
import { t } from '../../spec/words/t.ts';
import type { Correction } from '../draft-correction.ts';
import { clockFormat, count, indent, many, type ViewOptions } from './format.ts';
import { table } from './table.ts';
import { fold } from './wrap.ts';

/** The findings of a recall; nothing of it is personal. Instants are epoch milliseconds. */
export interface Recall {
  campaign: string;
  since: number;
  /** The applied deployment, if `since` is its apply. */
  serial?: number;
  channels: { channel: string; sent: number; unknown: number; waiting: number }[];
  /** Customers who got a message, or may have. */
  received: number;
  /** Messages that wait. */
  waiting: number;
  /** Messages that a worker has claimed: one that is on a connection arrives. */
  claimed: number;
  /** Customers inside the campaign, who stay where they are. */
  inside: number;
  /** The files that name the customers, relative to the project's folder. */
  lists: { channel: string; part: 'received' | 'waiting'; file: string }[];
  correction?: Correction;
}

/** Renders what a recall has found, before anything is cancelled. */
export function renderRecall(found: Recall, { project }: Program, view: ViewOptions): string {
  const { campaign, since, serial, channels, received, claimed, inside, lists, correction } = found;
  const at = clockFormat(project.timezone)(since);
  const columns = [
    { title: t`channel` },
    { title: t`sent`, right: true },
    { title: t`in doubt`, right: true },
    { title: t`waiting`, right: true },
  ];
  const rows = channels.map((one) => [one.channel, count(one.sent), count(one.unknown), count(one.waiting)]);
  const lines = [
    ...fold(
      [
        t`Campaign ${campaign} is paused: nobody in it moves, and nothing of it leaves.`,
        serial === undefined
          ? t`Messages since ${at} (${project.timezone}):`
          : t`Messages since ${at} (${project.timezone}), when deployment ${String(serial)} was applied:`,
      ],
      view.width,
    ),
    ...indent(channels.length === 0 ? [t`none`] : table(columns, rows, view.width - 2)),
    ...fold(
      [
        ...(channels.length === 0 && serial !== undefined
          ? [t`\`--since\` looks further back than the last apply, as before a rollback.`]
          : []),
        t`Who got one: ${many(received, 'customer')}. Inside, and staying where they are: ${many(inside, 'customer')}.`,
        ...(claimed > 0
          ? [
              t`${many(claimed, 'message')} of those that wait may be on a connection; repeat the recall to see which arrived.`,
            ]
          : []),
        ...(lists.length > 0 ? [t`The customers are listed in files that only you can read:`] : []),
      ],
      view.width,
    ),
    ...indent(lists.map(({ file }) => file)),
    ...(correction ? correctionLines(correction, view.width) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function correctionLines({ written, files, campaigns }: Correction, width: number): string[] {
  const commands = ['crm plan', 'crm apply', ...campaigns.map((one) => `crm launch ${one}`)];
  return [
    ...fold(
      [
        written
          ? t`A correction to those who got one is drafted:`
          : t`There is a draft of a correction already, which stays as it is:`,
      ],
      width,
    ),
    ...indent(files),
    ...(written ? [t`Edit it; then:`, ...indent(commands)] : []),
  ];
}

/** Returns the same as one versioned JSON value. `cancelled`: the messages that were. */
export function recallJson({ since, ...found }: Recall & { cancelled: number }): Record<string, unknown> {
  return { format: 1, type: 'recall', since: new Date(since).toISOString(), ...found };
}
