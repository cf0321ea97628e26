import { readFile, writeFile } from 'node:fs/promises';
import type { Refusal } from '../engine/plan/check-plan.ts';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { remark } from './say.ts';

/** The file with the approvals of a plan file: signatures, one after the other, as `ssh-keygen -Y sign` writes them. */
export const approvalsBeside = (file: string) => `${file}.approvals`;

/** The file that says that a plan file was applied. */
const usedBeside = (file: string) => `${file}.used`;

export function refusalError({ reason, message, help }: Refusal): UserError {
  return new UserError(`plan-${reason}`, message, help);
}

export async function readPlanText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'plan-unreadable',
      t`The plan ${path} cannot be read (${code}).`,
      t`Make one by \`crm plan --out plan.json\`.`,
    );
  }
}

/** Returns what lies beside a plan file; nothing where there is no such file. */
export async function readBeside(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new UserError('unreadable-file', t`${path} cannot be read.`, t`Mend its permissions, or remove it.`);
  }
}

/** The content of the file that marks a plan file as applied. */
interface Use {
  planHash: string;
  deployment: number;
}

/** Returns the deployment as which a plan file was applied, also to a store that was put back from a copy and does not know of it. */
export async function usedAs(file: string, planHash: string): Promise<number | undefined> {
  const text = await readBeside(usedBeside(file));
  const [, known, deployment] = /"planHash":"(\w+)","deployment":(\d+)/.exec(text) ?? [];
  return known === planHash ? Number(deployment) : undefined;
}

export async function noteUse(io: Io, file: string, use: Use): Promise<void> {
  try {
    await writeFile(usedBeside(file), `${JSON.stringify(use)}\n`);
  } catch {
    remark(io, t`${usedBeside(file)} cannot be written, so only the store remembers that the plan was applied.`);
  }
}
