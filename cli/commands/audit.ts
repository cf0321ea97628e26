import { currentDeployment } from '../../engine/deploy/apply.ts';
import { readAudit, verifyAudit } from '../../engine/store/audit.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';
import { auditLines, brokenHelp, brokenWords } from '../views/audit.ts';
import { clockFormat } from '../views/format.ts';

export interface AuditOptions extends ProjectOptions {
  /** A hash that must be in the log. */
  head?: string;
}

/** Lists the audit log, or verifies its chain. Throws UserError for a log that is not whole. */
export async function audit(io: Io, action: string, options: AuditOptions): Promise<number> {
  if (options.head !== undefined && action !== 'verify')
    throw new UserError(
      'wrong-call',
      t`--head is of no use here: it is what \`crm audit verify\` looks for.`,
      t`Leave it out, or write verify.`,
    );
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  return action === 'verify' ? verify(io, path, options) : list(io, path, options);
}

async function list(io: Io, path: string, { json }: AuditOptions): Promise<number> {
  const { entries, zone } = await withExistingStore(io, path, { who: 'crm audit' }, async (db) => ({
    zone: (await currentDeployment(db))?.program.project.timezone ?? 'UTC',
    entries: await readAudit(db),
  }));
  if (json)
    for (const { at, ...entry } of entries)
      await io.out(`${JSON.stringify({ format: 1, type: 'audit-entry', ...entry, at: new Date(at).toISOString() })}\n`);
  else await io.out(auditLines(entries, clockFormat(zone), io.view.width));
  return exit.fine;
}

async function verify(io: Io, path: string, { json, head }: AuditOptions): Promise<number> {
  const { entries, broken } = await withExistingStore(io, path, { who: 'crm audit verify' }, (db) =>
    verifyAudit(db, head),
  );
  if (broken) throw new UserError('audit-broken', brokenWords(broken), brokenHelp(broken));
  const last = entries.at(-1)?.hash ?? '';
  if (json)
    await io.out(`${JSON.stringify({ format: 1, type: 'audit-verified', entries: entries.length, head: last })}\n`);
  else if (entries.length === 0) await say(io, t`The audit log is empty.`);
  else await say(io, t`The audit log is whole: ${String(entries.length)} in it. The hash of the last: ${last}`);
  return exit.fine;
}
