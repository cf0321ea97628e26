import type * as written from '../../document/document.generated.ts';
import type { CampaignTest, Expectation, ExpectedMessage } from '../../model/test.ts';
import { printDuration } from '../../words/durations.ts';
import { offset } from '../written-values.ts';

/** A test as written. */
export function writtenTest(test: CampaignTest): written.Test {
  const { title, campaign, start, lasts, arms, customers, events, reactions, launches, expect } = test;
  return {
    ...(title !== undefined && { title }),
    campaign,
    start: new Date(start).toISOString(),
    ...(lasts !== undefined && { lasts: printDuration(lasts) }),
    ...(Object.keys(arms).length > 0 && { arms }),
    customers: customers.map(({ id, consent, segments, attributes }) => ({
      id,
      ...(consent.length > 0 && { consent }),
      ...(segments.length > 0 && { segments }),
      ...attributes,
    })),
    ...(events.length > 0 && {
      events: events.map(({ at, customer, event, fields }) => ({ at: offset(at), customer, [event]: fields })),
    }),
    ...(reactions.length > 0 && {
      reactions: reactions.map(({ at, customer, channel, kind }) => ({ at: offset(at), customer, [kind]: channel })),
    }),
    ...(launches.length > 0 && { launches: launches.map(offset) }),
    expect: writtenExpectation(expect),
  };
}

function writtenExpectation({ messages, exits, customers }: Expectation): written.Expectation {
  return {
    ...(messages && { messages: messages.map(writtenMessage) }),
    ...(exits && {
      exits: exits.map(({ customer, reason, at }) => ({
        customer,
        reason,
        ...(at !== undefined && { at: offset(at) }),
      })),
    }),
    ...(customers && { customers: customers.map(({ id, attributes }) => ({ id, ...attributes })) }),
  };
}

function writtenMessage({
  channel,
  template,
  customer,
  at,
  refused,
  contains,
}: ExpectedMessage): written.ExpectedMessage {
  return {
    ...(at !== undefined && { at: offset(at) }),
    ...(customer !== undefined && { customer }),
    // A webhook has no template, and is named by its channel.
    ...(template === undefined ? { webhook: channel } : { [channel]: template }),
    ...(refused !== undefined && { refused }),
    ...(contains.length > 0 && { contains }),
  };
}
