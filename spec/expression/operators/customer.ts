import type { Expression } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import { isInsideEvent, unknown } from '../refuse.ts';
import type { Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { type Family, levels, meaning } from './family.ts';

/** Questions about the customer: membership and channels. */
export const customer: Family<'segment' | 'reachable' | 'consent', 'segment' | 'reachable' | 'consent'> = {
  checks: { segment: checkSegment, reachable: checkChannel, consent: checkChannel },
  prints: {
    segment: { level: levels.compare, text: ({ name }) => `in segment ${name}` },
    reachable: { text: ({ channel }) => `reachable(${channel})` },
    consent: { text: ({ channel }) => `consent(${channel})` },
  },
  meanings: {
    reachable: meaning(
      'reachable(channel)',
      later`True if the customer has an address for the channel, has consented to it, and is not suppressed.`,
      'reachable(email)',
    ),
    consent: meaning(
      'consent(channel)',
      later`True if the customer has consented to the channel and not withdrawn, whatever the address.`,
      'consent(email) and not reachable(email)',
    ),
    'in segment': meaning(
      'in segment name',
      later`True if the customer is a member of the segment.`,
      'not in segment vip',
    ),
  },
};

function checkSegment(syntax: SyntaxOf<'segment'>, context: Context): Expression | undefined {
  isInsideEvent(syntax, context);
  const { segments } = context.scope;
  const { name } = syntax;
  if (segments.includes(name.text)) return { kind: 'segment', type: 'boolean', name: name.text };
  return unknown(context, 'CRM2023', name, t`There is no segment "${name.text}".`, segments);
}

function checkChannel(syntax: SyntaxOf<'reachable' | 'consent'>, context: Context): Expression | undefined {
  isInsideEvent(syntax, context);
  const { channels } = context.scope;
  const { kind, channel } = syntax;
  if (channels.includes(channel.text)) return { kind, type: 'boolean', channel: channel.text };
  return unknown(context, 'CRM2024', channel, t`There is no channel "${channel.text}".`, channels);
}
