import type { NodemailerError } from 'nodemailer';
import type { Outcome } from './carrier.ts';
import { meaning } from './smtp-meaning.ts';

/** Errors of ours or of the server's set-up: no message gets through until somebody repairs them. */
const setUp = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);
/** The link to the server broke, or never stood. */
const broken = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EPROTOCOL', 'EPROXY', 'EMAXLIMIT']);

/**
 * Returns the outcome that an error of nodemailer means for the message. `whole`: all of the message had been handed to the socket,
 * so that without an answer nobody knows whether the server took it.
 */
export function outcomeOf(error: NodemailerError, whole: boolean): Outcome {
  const detail = answer(error.response) ?? error.originalCode ?? error.code;
  const known = detail === undefined ? {} : { detail };
  if (setUp.has(String(error.code))) return { status: 'retry', reason: 'authentication', ...known };
  if (error.responseCode !== undefined)
    return { ...meaning({ code: error.responseCode, text: error.response ?? '', to: error.command ?? '' }), ...known };
  if (whole) return { status: 'unknown', reason: 'no-answer', ...known };
  if (error.name === 'AbortError' || error.code === undefined || broken.has(error.code))
    return { status: 'retry', reason: 'connection', ...known };
  return { status: 'failed', reason: 'bad-message', ...known };
}

/** Code and enhanced status only: the rest of a server's answer often quotes the address. */
export function answer(response: string | undefined): string | undefined {
  return /^\d{3}(?=[ -]|$)(?:[ -]\d\.\d{1,3}\.\d{1,3}(?!\S))?/.exec(response ?? '')?.[0].replace('-', ' ');
}
