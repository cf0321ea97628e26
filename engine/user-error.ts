/** Every code of a UserError: the exit code of the command that ends by it, and its meaning for the reference. */
export const errorCodes = {
  'unknown-command': { exit: 'error', means: 'there is no such command' },
  'wrong-call': {
    exit: 'error',
    means: 'an argument or an option is unknown, missing, of no use here, or has a wrong value',
  },
  'wrong-time': {
    exit: 'error',
    means: 'an instant lies in the past, in the future, or before another one, where it must not',
  },
  'nobody-to-ask': { exit: 'error', means: 'there is no terminal to ask for an approval, and no option gives it' },
  interrupted: { exit: 'error', means: 'the command was interrupted before it had a result' },
  'project-missing': { exit: 'error', means: 'there is no project in the folder' },
  'project-invalid': { exit: 'error', means: 'the files of the project have errors; `crm validate` shows them' },
  'unreadable-file': { exit: 'error', means: 'a file that the command needs cannot be read' },
  'unsuitable-file': {
    exit: 'error',
    means: 'a file is too long, not a regular file, outside the project, or of another format',
  },
  'unwritable-file': { exit: 'error', means: 'a file cannot be written' },
  'file-exists': { exit: 'error', means: 'a file that the command would write exists already' },
  'secret-missing': { exit: 'error', means: 'the environment variable or the file of a secret is missing' },
  'unknown-name': {
    exit: 'error',
    means: 'there is no campaign, segment, channel, test, environment, code, deployment or file of that name',
  },
  'unknown-customer': { exit: 'error', means: 'there is no such customer' },
  'erased-customer': { exit: 'error', means: 'the customer was erased' },
  'several-customers': { exit: 'error', means: 'the text means several customers' },
  'not-temporary': { exit: 'error', means: 'the environment is not temporary, so its store is not removed' },
  'not-applied': { exit: 'error', means: 'nothing is applied to the store, or not what the command is about' },
  'not-kept': {
    exit: 'error',
    means: 'the store does not have what the command needs of an earlier deployment: its version of Kaskad kept none',
  },
  'no-stage': {
    exit: 'error',
    means: 'the campaign has no stage of a rollout to come, or its guardrails hold the rollout',
  },
  'not-launchable': { exit: 'error', means: 'the campaign starts by itself, not by hand' },
  'nothing-to-do': { exit: 'error', means: 'there is nothing to draw, to convert, to lift or to predict' },
  'no-orders': { exit: 'error', means: 'the project does not say which events are orders' },
  'no-message': { exit: 'error', means: 'there is no message for the channel, the address or the event' },
  'sends-nothing': { exit: 'error', means: 'the transport of the channel writes files or lines, and sends nothing' },
  'channel-unusable': { exit: 'error', means: 'the settings of a channel cannot be used' },
  'sync-edited': { exit: 'error', means: 'files were edited in the folder into which the sync writes' },
  'sync-unreachable': { exit: 'error', means: 'the repository of `--sync` or `crm sync` cannot be fetched' },
  'store-missing': { exit: 'error', means: 'there is no store yet' },
  'store-locked': { exit: 'error', means: 'another process holds the store' },
  'store-silent': { exit: 'error', means: 'the process that holds the store does not answer' },
  'store-lost': { exit: 'error', means: 'the process that holds the store ended during the command' },
  'store-newer': { exit: 'error', means: 'the store, or what is applied, belongs to a later version of Kaskad' },
  'store-older': { exit: 'error', means: 'what is applied was compiled by an earlier version of Kaskad' },
  'store-version': { exit: 'error', means: 'the process that holds the store is another version of Kaskad' },
  'store-unusable': {
    exit: 'error',
    means: 'the store cannot be opened: a fault of the disk, another kind of file or database',
  },
  'plan-unreadable': { exit: 'error', means: 'the plan file cannot be read' },
  'plan-foreign': { exit: 'refused', means: 'the plan is of another project, environment or version' },
  'plan-tampered': { exit: 'refused', means: 'the plan file was edited' },
  'plan-blocked': { exit: 'refused', means: 'the plan has blocked changes' },
  'plan-breaking': { exit: 'refused', means: 'the plan has breaking changes that `--allow` does not name' },
  'plan-applied': { exit: 'refused', means: 'the plan was applied already' },
  'plan-stale': { exit: 'refused', means: 'the store or the project has changed since the plan' },
  'target-apart': { exit: 'error', means: 'what --target names does not fit what is applied' },
  'plan-clock': { exit: 'refused', means: 'the plan, or the last apply, is later than the clock of this machine' },
  'plan-guarded': { exit: 'refused', means: 'the plan goes beyond a guard that nobody has allowed' },
  'plan-locked': { exit: 'refused', means: 'somebody else has locked a campaign that the plan changes' },
  locked: { exit: 'refused', means: 'somebody else has locked the campaign' },
  'plan-outgrown': { exit: 'refused', means: 'an audience has grown more since the plan than the guard allows' },
  'plan-unapproved': { exit: 'refused', means: 'the plan needs approvals that it has not got' },
  'approval-refused': { exit: 'refused', means: 'who signs is no approver, or an author of the plan' },
  'key-unusable': { exit: 'error', means: 'a key cannot sign, or there is no program that does' },
  'plan-expired': { exit: 'refused', means: 'the plan is too old' },
  'forge-refused': {
    exit: 'error',
    means: 'GitHub or GitLab refused a request: the token, its rights, or what it is about',
  },
  'forge-unreachable': {
    exit: 'error',
    means: 'GitHub or GitLab cannot be reached, is in trouble, or allows no more requests for now',
  },
  'plan-unreviewed': { exit: 'refused', means: 'what would be applied is not what was reviewed' },
  'deployment-changed': {
    exit: 'refused',
    means: 'another deployment was applied while the command waited for its approval',
  },
  'unreadable-data': { exit: 'refused', means: 'too much of the data files cannot be read' },
  'audit-broken': {
    exit: 'error',
    means: 'the audit log of the store was changed behind Kaskad, or has lost its end',
  },
  'wider-pause': { exit: 'refused', means: 'a wider pause holds what is to be resumed' },
} as const satisfies Record<string, { exit: 'error' | 'refused'; means: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** A mistake of the user's, or of the world around, that is not about the text of a project's file. Never a bug. */
export class UserError extends Error {
  override name = 'UserError';
  /** Stable, for programs. */
  readonly code: ErrorCode;
  /** The remedy, a sentence. */
  readonly help: string | undefined;

  /** `message`: what is wrong and where, a sentence. */
  constructor(code: ErrorCode, message: string, help?: string) {
    super(message);
    this.code = code;
    this.help = help;
  }
}
