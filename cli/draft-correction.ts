import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CompiledCampaign, Program } from '../engine/program/program.ts';
import type { Surface } from '../spec/convert.ts';
import type { CrmFile } from '../spec/document/document.generated.ts';
import { printFile } from '../spec/document-files.ts';
import { t } from '../spec/words/t.ts';

/** The campaigns that correct a recalled one, for the author to edit. */
export interface Correction {
  /** Relative to the project's folder: the campaigns, and their templates. */
  files: string[];
  campaigns: string[];
  /** False where there was a draft already, which stays as it is. */
  written: boolean;
}

/** The customers who got messages of a channel. */
export interface Received {
  channel: string;
  /** The list of them, relative to the project's folder. */
  list: string;
}

/** Writes a campaign for each channel, launched by hand, addressed to exactly those who got the message there, and a template for it. */
export async function draftCorrection(
  root: string,
  program: Program,
  { name, category }: CompiledCampaign,
  received: readonly Received[],
  surface: Surface,
): Promise<Correction> {
  const of = ({ channel }: Received) => `recall-${name}-${channel}`;
  const path = `campaigns/recall-${name}${surface === 'dsl' ? '.crm' : '.crm.yaml'}`;
  const campaigns = received.map(of);
  const templates = received.map((one) => `templates/${of(one)}.${one.channel}.hbs`);
  const correction = { files: [path, ...templates], campaigns };
  if (await exists(join(root, path))) return { ...correction, written: false };
  const file: CrmFile = {
    segments: Object.fromEntries(received.map((one) => [`${of(one)}-received`, { static: true, from: one.list }])),
    campaigns: Object.fromEntries(
      received.map((one) => [
        of(one),
        {
          title: t`Correction of ${name}`,
          category,
          on: { launch: 'manual' as const },
          audience: `in segment ${of(one)}-received`,
          steps: [{ send: { [one.channel]: of(one) } }],
        },
      ]),
    ),
  };
  await write(join(root, path), printFile(file, surface));
  for (const [i, { channel }] of received.entries())
    await write(join(root, templates[i] ?? ''), template(program, channel));
  return { ...correction, written: true };
}

function template({ channels }: Program, name: string): string {
  const kind = channels.find((channel) => channel.name === name)?.kind;
  const text = t`Our last message was a mistake. We are sorry.`;
  if (kind === 'email')
    return `---\nsubject: ${JSON.stringify(t`A correction`)}\n---\n<p>${text}</p>\n<p><a href="{{unsubscribe_url}}">${t`Unsubscribe`}</a></p>\n`;
  return kind === 'push' ? `---\ntitle: ${JSON.stringify(t`A correction`)}\n---\n${text}\n` : `${text}\n`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
