import type { NodemailerError } from 'nodemailer';
import type { Outcome } from './carrier.ts';

/** Answers to RCPT that say that there is no such mailbox. */
const bounces = new Set([550, 551, 553, 554]);
/** Errors of ours or of the server's set-up: no message gets through until somebody repairs them. */
const setUp = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);
/** The link to the server broke, or never stood. */
const broken = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EPROTOCOL', 'EPROXY', 'EMAXLIMIT']);

/**
 * What an error of nodemailer means for the message. `whole`: all of the message had been handed to the socket,
 * so that without an answer nobody knows whether the server took it.
 */
export function outcomeOf(error: NodemailerError, whole: boolean): Outcome {
  const code = error.responseCode;
  const detail = answer(error.response) ?? error.originalCode ?? error.code;
  const known = detail === undefined ? {} : { detail };
  if (setUp.has(String(error.code)) || code === 530 || code === 535)
    return { status: 'retry', reason: 'authentication', ...known };
  if (code === undefined) {
    if (whole) return { status: 'unknown', reason: 'no-answer', ...known };
    if (error.code === undefined || broken.has(error.code)) return { status: 'retry', reason: 'connection', ...known };
    return { status: 'failed', reason: 'bad-message', ...known };
  }
  // 421: the server is going away; 503: the session was confused, the message was not judged.
  if (code === 421 || code === 503) return { status: 'retry', reason: 'connection', ...known };
  if (code < 500) return { status: 'retry', reason: 'temporary', ...known };
  if (error.command === 'RCPT TO' && bounces.has(code))
    return { status: 'failed', reason: 'bounced', bounce: true, ...known };
  return { status: 'failed', reason: 'rejected', ...known };
}

/** Code and enhanced status only: the rest of a server's answer often quotes the address. */
export function answer(response: string | undefined): string | undefined {
  return /^\d{3}(?=[ -]|$)(?:[ -]\d\.\d{1,3}\.\d{1,3}(?!\S))?/.exec(response ?? '')?.[0].replace('-', ' ');
}
