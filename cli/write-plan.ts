import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writePlan } from '../engine/plan/check-plan.ts';
import type { Plan } from '../engine/plan/plan.ts';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import { replaceable } from './write.ts';

/** Writes a plan for `crm apply` to a file that only its user can read. */
export async function writePlanFile(path: string, made: Plan): Promise<void> {
  const { file } = await replaceable(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(file, writePlan(made), { mode: 0o600 });
    // Writing to an existing file keeps its mode, so the mode is set explicitly.
    await chmod(file, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'unwritable-file',
      t`The plan cannot be written to ${path} (${code}).`,
      t`Choose another place.`,
    );
  }
}
