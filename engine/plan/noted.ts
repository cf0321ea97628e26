import sql from 'sql-template-tag';
import { currentDeployment } from '../deploy/apply.ts';
import type { Facts } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { judgeSignatures } from './approvals.ts';
import { neededApprovals } from './permission.ts';
import type { Plan } from './plan.ts';

/** Returns what the audit log has of a plan: as which deployment it was applied, and signatures of it. */
export async function notedOf(
  db: Database,
  planHash: string,
): Promise<{ used: number | undefined; signatures: string[] }> {
  const rows = await db.query<{ what: string; facts: string }>(sql`
    SELECT what, facts FROM audit WHERE what IN ('apply', 'approve') AND strpos(facts, ${`"plan":"${planHash}"`}) > 0`);
  const of = (deed: string, name: string) =>
    rows.flatMap(({ what, facts }) => (what === deed ? [(JSON.parse(facts) as Facts)[name]] : []));
  const [used] = of('apply', 'deployment').map(Number);
  return { used, signatures: of('approve', 'signature').map(String) };
}

/** Returns true if a plan needs approvals, by what is applied, and has them. `signatures`: those beside its file. */
export async function isApproved(db: Database, plan: Plan, signatures: readonly string[]): Promise<boolean> {
  const rule = neededApprovals(plan, (await currentDeployment(db))?.program.policies.approvals);
  if (!rule) return false;
  const noted = await notedOf(db, plan.planHash);
  const judged = judgeSignatures(plan, rule, [...signatures, ...noted.signatures]);
  return judged.filter(({ verdict }) => verdict === 'counts').length >= rule.required;
}
