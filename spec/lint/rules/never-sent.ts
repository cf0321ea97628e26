import { stepKind } from '../../constructs/steps/index.ts';
import type { Sent } from '../../constructs/steps/step.ts';
import { triggerKind } from '../../constructs/triggers/index.ts';
import type { Campaign, Step } from '../../model/campaign.ts';
import type { FrequencyCap, Model, QuietHours } from '../../model/model.ts';
import { printDuration } from '../../words/durations.ts';
import { t } from '../../words/t.ts';
import { messagesOf, openBranches } from '../journey.ts';
import type { Finding, Rule } from '../rule.ts';

const minute = 60_000;
const day = 24 * 60;

export const neverSent: Rule = {
  name: 'never-sent',
  check({ model, origins }) {
    return model.campaigns.flatMap((campaign) =>
      [...unsent(model, campaign)].map(
        ([message, help]): Finding => ({
          range: origins[`campaign.${campaign.name}.${message.id}`],
          message: t`This message can never leave`,
          help,
        }),
      ),
    );
  },
};

/** The messages that a policy always keeps back, each with the reason. */
type Found = Map<Sent, string>;

interface Moment {
  /** The minute of the day that the customer's clock shows; undefined: any. */
  clock: number | undefined;
  /** The messages before, and the longest time since each, in milliseconds. */
  before: { channel: string; within: number }[];
}

function unsent({ policies }: Model, campaign: Campaign): Found {
  const { category, on, steps } = campaign;
  const found: Found = new Map();
  const marketing = category === 'marketing';
  const quiet = marketing || policies.quietHours?.transactional ? policies.quietHours : undefined;
  const caps = marketing ? policies.caps.filter((cap) => (cap.campaign ?? campaign.name) === campaign.name) : [];
  walk(steps, { clock: triggerKind(on).clock?.(on), before: [] }, { quiet, caps, expires: campaign.expires, found });
  return found;
}

interface Rules {
  quiet: QuietHours | undefined;
  caps: FrequencyCap[];
  /** The time after which a message expires, in milliseconds. */
  expires: number;
  found: Found;
}

function walk(steps: Step[], start: Moment, rules: Rules): Moment {
  return steps.reduce((now, step) => after(step, now, rules), start);
}

function after(step: Step, start: Moment, rules: Rules): Moment {
  const time = stepKind(step).time?.(step);
  const [message] = messagesOf(step);
  if (message && !time) return sent(message, start, rules);
  const now = time ? { clock: time.clock?.minuteOfDay, before: later(start, time.most) } : start;
  const branches = openBranches(step);
  if (branches.length === 0) return now;
  return joined(
    now,
    branches.map((branch) => walk(branch.steps, now, rules)),
  );
}

function later({ before }: Moment, ms: number): Moment['before'] {
  return before.map(({ channel, within }) => ({ channel, within: within + ms }));
}

/** Behind branches only what was before them is certain, and only if no time passes in any of them. */
function joined(before: Moment, ways: Moment[]): Moment {
  const still = ways.every(
    ({ clock, before: list }) =>
      clock === before.clock && before.before.every(({ within }, i) => list[i]?.within === within),
  );
  return still ? before : { clock: undefined, before: [] };
}

function sent(message: Sent, now: Moment, rules: Rules): Moment {
  const { quiet } = rules;
  const { clock } = now;
  const night = quiet && clock !== undefined && isQuiet(quiet, clock) ? (quiet.to - clock + day) % day : 0;
  const reason = byHours(night, rules) ?? byCap(message, now, rules);
  if (reason !== undefined) rules.found.set(message, reason);
  const held = night === 0 ? now.before : later(now, night * minute);
  return {
    clock: night > 0 && quiet?.otherwise === 'hold' ? quiet.to : clock,
    before: reason === undefined ? [...held, { channel: message.channel, within: 0 }] : held,
  };
}

function isQuiet({ from, to }: QuietHours, clock: number): boolean {
  return from > to ? clock >= from || clock < to : clock >= from && clock < to;
}

/** `night`: minutes to the end of the quiet hours; 0: outside. */
function byHours(night: number, { quiet, expires }: Rules): string | undefined {
  if (night === 0) return undefined;
  if (quiet?.otherwise === 'cancel')
    return t`It comes up in the quiet hours, which cancel what falls into them. Wait until they are over.`;
  if (night * minute < expires) return undefined;
  return t`It comes up in the quiet hours, and has expired (\`expires: ${printDuration(expires)}\`) when they are over. Wait until they are over, or let it live longer.`;
}

/** Returns the cap that a message on the same channel has filled: who cannot get the one cannot get the other. */
function byCap({ channel }: Sent, { before }: Moment, { caps, quiet }: Rules): string | undefined {
  const same = before.filter((one) => one.channel === channel);
  const held = quiet?.otherwise === 'hold' ? ((quiet.to - quiet.from + day) % day) * minute : 0;
  const counts = ({ per }: FrequencyCap, within: number) =>
    within === 0 || (per !== 'calendar day' && within + held < per);
  const full = caps.find(
    (cap) => (cap.channel ?? channel) === channel && same.filter(({ within }) => counts(cap, within)).length >= cap.max,
  );
  return (
    full &&
    t`The cap \`${full.name}\` is full by then: who got what comes before on \`${channel}\` does not get this. Wait longer, or widen the cap.`
  );
}
