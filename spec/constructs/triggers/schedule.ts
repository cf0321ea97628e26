import type * as written from '../../document/document.generated.ts';
import { clause } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import { scheduleWords } from '../../words/schedule-words.ts';
import { printSchedule, readSchedule } from '../../words/schedules.ts';
import { t } from '../../words/t.ts';
import { type TriggerKind, type TriggerOf, triggerForm } from './trigger.ts';

export const schedule: TriggerKind<TriggerOf<'schedule'>, { by: 'schedule'; occurrence: string }> = {
  form: triggerForm('schedule', 'phrase', clause('zone', 'name')),
  build(on: Loose<written.OnSchedule>) {
    const read = on.schedule === undefined ? undefined : readSchedule(on.schedule);
    if (!read || read.problem !== undefined) return { event: 'none' };
    return { trigger: { kind: 'schedule', cron: read.cron, zone: on.zone || 'project' }, event: 'none' };
  },
  write: (on) => ({ schedule: printSchedule(on.cron), ...(on.zone === 'customer' && { zone: 'customer' }) }),
  lines: (on) => [scheduleWords(on.cron), on.zone === 'customer' ? t`customer’s time` : t`project’s time`],
  entry: (_, occurrence) => ({ by: 'schedule', occurrence }),
  cause: (entry) => t`the schedule came round at ${entry.occurrence.replace('T', ' ')}`,
  causeHasTime: true,
  mayEnter: (customers) => t`${customers} may enter when its time comes round`,
  idle: () => t`its time does not come, or there is no customer whom it may take in`,
  clock(on) {
    if (on.zone !== 'customer') return undefined;
    const [, minute, hour] = /^(\d+) (\d+) /.exec(on.cron) ?? [];
    return minute === undefined || hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
  },
};
