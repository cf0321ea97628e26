import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { ChannelKind, Transport } from '../../model/model.ts';
import { choice } from '../../words/kinds.ts';
import { all } from '../../words/many.ts';
import { t } from '../../words/t.ts';
import type { Context } from '../context.ts';
import { channelKinds } from '../steps/carried.ts';

type Written = Loose<written.Channel>;

const keysOf: Record<Transport['kind'], { needs: (keyof Written)[]; ignores: (keyof Written)[] }> = {
  smtp: { needs: ['url', 'from'], ignores: ['directory'] },
  http: { needs: ['url'], ignores: ['directory'] },
  file: { needs: ['directory'], ignores: ['url'] },
  console: { needs: [], ignores: ['url', 'directory'] },
};

/** Which kinds of channel can leave by a transport. */
const carries: Record<Transport['kind'], readonly ChannelKind[]> = {
  smtp: ['email'],
  http: ['webhook', 'task'],
  file: channelKinds,
  console: channelKinds,
};

/** Returns the transport of a channel; undefined if that is wrong and told. */
export function buildTransport(
  value: Written,
  kind: ChannelKind | undefined,
  place: Place,
  context: Context,
): Transport | undefined {
  const { transport, url, directory } = value;
  if (transport === undefined) return undefined;
  if (kind && !carries[transport].includes(kind)) {
    const fitting = Object.entries(carries).flatMap(([one, those]) => (those.includes(kind) ? [one] : []));
    const message = t`The transport ${transport} carries ${all(carries[transport])} only, and this is ${kind}`;
    context.report.error('CRM4022', place.at('transport').value, message, t`Use ${choice(fitting)}.`);
    return undefined;
  }
  const { needs, ignores } = keysOf[transport];
  for (const key of needs) {
    if (key in value) continue;
    context.report.error(
      'CRM4014',
      place.key,
      t`A channel with transport ${transport} needs the key \`${key}\``,
      exampleOf(key),
    );
  }
  for (const key of ignores) {
    if (!(key in value)) continue;
    const message = t`\`${key}\` has no effect with transport ${transport}`;
    context.report.error('CRM4013', place.at(key).key, message, t`Remove it, or change the transport.`);
  }
  if (url !== undefined) checkUrl(url, transport, place.at('url'), context);
  if (directory !== undefined && leadsOut(directory))
    context.report.error(
      'CRM1030',
      place.at('directory').value,
      t`\`${directory}\` leads out of the project`,
      t`Name a folder of the project, or write out the whole path, from its \`/\` on, if it shall lie elsewhere.`,
    );
  if (transport === 'smtp') return url === undefined ? undefined : { kind: transport, url };
  if (transport === 'http') return url === undefined ? undefined : { kind: transport, url };
  if (transport === 'file') return directory === undefined ? undefined : { kind: transport, directory };
  return { kind: transport };
}

const schemes: Partial<Record<Transport['kind'], { leads: RegExp; example: string }>> = {
  smtp: { leads: /^smtps?:/, example: 'smtp://localhost:2525' },
  http: { leads: /^https:|^http:\/\/localhost(?=[:/]|$)/, example: 'https://crm.example/hooks' },
};

/** An address that stands in the file itself is one that the transport can use; what a reference holds shows when it is read. */
function checkUrl(url: string, transport: Transport['kind'], place: Place, context: Context): void {
  const scheme = schemes[transport];
  if (!scheme || /^(env|file):/.test(url) || scheme.leads.test(url)) return;
  const message = t`\`${url}\` is no address for the transport ${transport}`;
  context.report.error('CRM1028', place.value, message, t`Write for example \`${scheme.example}\`, or \`env:NAME\`.`);
}

const examples: Partial<Record<keyof Written, string>> = {
  url: 'url: env:SMTP_URL',
  from: 'from: "Shop <shop@example.com>"',
  directory: 'directory: out/messages',
};

function exampleOf(key: keyof Written): string | undefined {
  const example = examples[key];
  return example === undefined ? undefined : t`For example \`${example}\`.`;
}

/** Returns true if a relative path has more steps up than down somewhere. */
function leadsOut(path: string): boolean {
  let depth = 0;
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return false;
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
