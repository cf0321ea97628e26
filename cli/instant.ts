import { DateTime } from 'luxon';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';

/** Returns the instant of an option in epoch milliseconds; without an offset it is local in `zone`, a bare date means its midnight. */
export function instant(text: string, option: string, zone: string): number {
  const read = /^\d{4}-/.test(text) ? DateTime.fromISO(text, { zone }) : undefined;
  if (read?.isValid) return read.toMillis();
  throw new UserError(
    'wrong-call',
    t`${option} is not an instant: "${text}".`,
    t`Write 2026-03-02, 2026-03-02T10:00 or 2026-03-02T10:00:00+03:00.`,
  );
}
