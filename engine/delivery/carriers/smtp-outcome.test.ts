import { expect, it } from 'vitest';
import { outcomeOfAnswer } from './smtp-outcome.ts';

const bounced = 'failed bounced';
const rejected = 'failed rejected';
const policy = 'failed rejected policy';
const account = 'retry account';
const later = 'retry temporary';

it.each([
  ['550 5.1.1 No such user', bounced],
  ['550 User unknown', bounced],
  ['550 Requested action not taken: mailbox unavailable', bounced],
  ['551 User not local', bounced],
  ['550 5.1.0 Address rejected', bounced],
  ['550 5.1.2 Bad destination system', bounced],
  ['553 5.1.3 Bad destination mailbox address syntax', bounced],
  ['550 5.1.6 Mailbox has moved', bounced],
  ['550 5.1.10 Recipient not found', bounced],
  ['550 5.2.1 The account is disabled', bounced],
  ['550-5.1.1 The account that you tried to reach does not exist', bounced],
  ['554 5.7.1 Relay access denied', account],
  ['550 5.7.54 Unable to relay', account],
  ['553 5.7.1 sorry, that domain is not in my list of allowed rcpthosts', account],
  ['554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a block list', account],
  ['550 5.7.1 Our network is on our block list', account],
  ['550 5.7.1 rate limit exceeded', account],
  ['550 5.4.5 Daily sending quota exceeded', account],
  ['550 5.7.26 Unauthenticated email is not accepted due to the DMARC policy', account],
  ['550 5.7.25 The sending IP has no PTR record', account],
  ['550 5.7.515 Access denied, sending domain does not meet the required authentication level', account],
  ['550 5.7.60 Client does not have permissions to send as this sender', account],
  ['550 5.1.8 Bad sender address', account],
  ['553 5.1.7 Invalid sender address', account],
  ['553 5.7.1 Sender address rejected: not owned by user', account],
  ['550 relay not permitted', account],
  ['550 5.7.1 Message rejected under suspicion of spam', policy],
  ['550 5.7.1 Message refused', policy],
  ['550 5.7.133 Sender not allowed in this group', policy],
  ['554 Transaction failed', policy],
  ['550 Rejected as spam', policy],
  ['550 5.2.2 Over quota', later],
  ['552 5.2.2 Mailbox full', later],
  ['552 Mailbox full', later],
  ['550 5.4.1 No answer from host', later],
  ['450 4.2.0 Greylisted', later],
  ['421 4.7.0 Try again later', 'retry connection'],
  ['552 5.3.4 Message too big', rejected],
  ['550 5.1.4 Ambiguous address', rejected],
  ['553 Mailbox name not allowed', rejected],
  ['550 5.6.0 Bad content', rejected],
  ['530 5.7.0 Authentication required', 'retry authentication'],
])('%s, to the recipient: %s', (text, expected) => {
  const outcome = outcomeOfAnswer({ code: Number(text.slice(0, 3)), text, to: 'RCPT TO' });
  expect(words(outcome)).toBe(expected);
});

it.each([
  ['550 5.1.1 Unknown', 'MAIL FROM', account],
  ['550 Sender refused', 'MAIL FROM', account],
  ['552 5.3.4 Message too big', 'MAIL FROM', rejected],
  ['554 5.7.1 No service for you', 'CONN', account],
  ['554 No SMTP service here', 'CONN', account],
  ['550 5.1.1 No such user', 'DATA', bounced],
  ['550 User unknown', 'DATA', rejected],
  ['554 5.7.1 Spam', 'DATA', policy],
])('%s, to %s: %s', (text, to, expected) => {
  expect(words(outcomeOfAnswer({ code: Number(text.slice(0, 3)), text, to }))).toBe(expected);
});

function words(outcome: ReturnType<typeof outcomeOfAnswer>): string {
  if (outcome.status === 'sent') return 'sent';
  const more = outcome.status === 'failed' && outcome.policy ? ' policy' : '';
  if (outcome.status === 'failed') expect(outcome.bounce ?? false).toBe(outcome.reason === 'bounced');
  return `${outcome.status} ${outcome.reason}${more}`;
}
