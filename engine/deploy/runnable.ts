import { t } from '../../spec/words/t.ts';
import { UserError } from '../user-error.ts';
import type { Deployment } from './apply.ts';

/** The deployment, if it can be executed. Throws UserError where nothing is applied, or by another version of Kaskad. */
export function runnable(deployment: Deployment | undefined): Deployment {
  if (!deployment) throw nothingApplied();
  const { format } = deployment.program;
  if (format === 3) return deployment;
  throw new UserError(
    format > 3 ? 'store-newer' : 'store-older',
    format > 3
      ? t`What is applied was compiled by a later version of Kaskad.`
      : t`What is applied was compiled by an earlier version of Kaskad.`,
    format > 3
      ? t`Run it with that version.`
      : t`Bring it up to date with \`crm plan\` and \`crm apply\`; nobody inside a campaign is lost.`,
  );
}

export function nothingApplied(): UserError {
  return new UserError('not-applied', t`Nothing is applied to this store yet.`, t`Run \`crm apply\` first.`);
}
