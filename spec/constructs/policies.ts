import type * as written from '../document/document.generated.ts';
import { clause, form } from '../document/forms.ts';
import { reachesCustomers } from '../model/channel-kinds.ts';
import type { FrequencyCap, Policies, QuietHours } from '../model/model.ts';
import { printDuration } from '../words/durations.ts';
import { timeOfDay } from '../words/printing.ts';
import { readCapWindow, readTimeOfDay } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Contents, Entry } from './contents.ts';
import { named } from './contents.ts';
import { type Context, checkChannel, unknownName } from './context.ts';
import { buildApprovals, buildGuards, writtenApprovals, writtenGuards } from './guards.ts';

export const quietHoursForm = form('quiet_hours', 'the quiet hours', () => [
  clause('from', 'name'),
  clause('to', 'name'),
  clause('otherwise', 'name'),
  clause('transactional', 'flag'),
]);

export const capForm = form('cap', 'a cap', () => [
  clause('max', 'number'),
  clause('per', 'phrase'),
  clause('channel', 'name'),
  clause('campaign', 'name'),
]);

export function buildPolicies({ quietHours, caps, guards, approvals }: Contents, context: Context): Policies {
  const quiet = quietHours && buildQuietHours(quietHours, context);
  const limits = guards && buildGuards(guards);
  const approving = approvals && buildApprovals(approvals, context);
  return {
    ...(quiet && { quietHours: quiet }),
    caps: caps.flatMap((cap) => buildCap(cap, context) ?? []),
    ...(limits && { guards: limits }),
    ...(approving && { approvals: approving }),
  };
}

function buildQuietHours({ value, place }: Entry<written.QuietHours>, context: Context): QuietHours | undefined {
  const from = readTimeOfDay(value?.from ?? '');
  const to = readTimeOfDay(value?.to ?? '');
  if (from === undefined || to === undefined) return undefined;
  if (from === to) {
    const help = t`Remove the quiet hours, or let them end at another time than they begin.`;
    context.report.error('CRM4023', place.at('to').value, t`The quiet hours end when they begin`, help);
  }
  return { from, to, otherwise: value?.otherwise ?? 'hold', transactional: value?.transactional ?? false };
}

function buildCap({ name, value, place }: Entry<written.Cap>, context: Context): FrequencyCap | undefined {
  if (!value) return undefined;
  const { max, channel, campaign } = value;
  checkChannel(context, channel, place.at('channel'), 'value');
  const kind = context.channels.get(channel ?? '');
  if (kind && !reachesCustomers(kind)) {
    const help = t`Caps limit what customers get. Name a channel by which they are written to, or remove the cap.`;
    context.report.error(
      'CRM4013',
      place.at('channel').value,
      t`A cap has no effect on a channel of kind ${kind}`,
      help,
    );
  }
  if (campaign !== undefined && !context.campaigns.includes(campaign)) {
    const names = context.campaigns;
    unknownName(context, { code: 'CRM4017', what: 'campaign', name: campaign, names, place: place.at('campaign') });
  }
  const per = readCapWindow(value.per ?? '');
  if (max === undefined || per === undefined) return undefined;
  return { name, max, per, ...(channel !== undefined && { channel }), ...(campaign !== undefined && { campaign }) };
}

export function hasPolicies({ quietHours, caps, guards, approvals }: Policies): boolean {
  return caps.length > 0 || [quietHours, guards, approvals].some((one) => one !== undefined);
}

export function writtenPolicies({ quietHours, caps, guards, approvals }: Policies): written.Policies {
  return {
    ...(quietHours && {
      quiet_hours: {
        from: timeOfDay(quietHours.from),
        to: timeOfDay(quietHours.to),
        otherwise: quietHours.otherwise,
        ...(quietHours.transactional && { transactional: true }),
      },
    }),
    ...(caps.length > 0 && { caps: named(caps, writtenCap) }),
    ...(guards && { guards: writtenGuards(guards) }),
    ...(approvals && { approvals: writtenApprovals(approvals) }),
  };
}

function writtenCap({ max, per, channel, campaign }: FrequencyCap): written.Cap {
  return {
    max,
    per: typeof per === 'number' ? printDuration(per) : per,
    ...(channel !== undefined && { channel }),
    ...(campaign !== undefined && { campaign }),
  };
}
