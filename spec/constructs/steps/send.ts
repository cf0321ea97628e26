import type * as written from '../../document/document.generated.ts';
import { entry, form, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Send } from '../../model/campaign.ts';
import { armsOf } from '../../model/variants.ts';
import { percent } from '../../words/printing.ts';
import { t } from '../../words/t.ts';
import { buildDrawn, drawnClauses, writtenDrawn } from './decide.ts';
import { messageAt } from './message.ts';
import { id, type StepKind, stepForm, type Walk } from './step.ts';
import { buildVariants, variantsClause, writtenVariants } from './variants.ts';

const sentForm = form('sent_message', 'a message to send', () => [entry('name'), variantsClause, ...drawnClauses]);

/** `send: { email: cart/reminder }`, also one of several variants of the template. */
export const send: StepKind<Send> = {
  word: 'send',
  form: () => stepForm('send', () => [slot('send', sentForm), id]),
  build(step: Loose<written.SendStep>, place, walk, id) {
    const { variants, decide, winner, ...message } = (step.send ?? {}) as Sent;
    const at = place.at('send');
    if (step.send) checkChannels(message, at, walk);
    const sent = messageAt(message, at, walk, 'message');
    if (!sent) return undefined;
    const drawn = variants && buildVariants(variants, sent, at.at('variants'), at.at(sent.channel), walk);
    if (!drawn) {
      for (const key of ['decide', 'winner'] as const)
        if (step.send && key in step.send) withoutVariants(key, at, walk);
      return { kind: 'send', id, ...sent };
    }
    const arms = drawn.map(({ name }) => ({ name, control: false }));
    const more = buildDrawn({ decide, winner }, { arms, variants: true }, at, walk);
    return { kind: 'send', id, ...sent, variants: drawn, ...more };
  },
  write: ({ channel, template, variants, ...drawn }, id) => ({
    ...id,
    send: { [channel]: template, ...(variants && { variants: writtenVariants(variants), ...writtenDrawn(drawn) }) },
  }),
  picture: (step) => ({
    shape: step.variants ? 'choice' : 'message',
    title: step.channel,
    details: [step.template],
    ...(step.variants && { labels: armsOf(step).map(({ name, share }) => `${name} ${percent(share)}`) }),
  }),
  carries: 'message',
  sends: (step) => (step.variants ? [] : [step]),
  branches: (step) => (step.variants ? armsOf(step) : []),
  branchWords: (_, variant) => t`variant ${variant}`,
};

type Sent = Loose<written.Message> & {
  variants?: Loose<written.DrawnVariants>;
  decide?: Loose<written.Decide>;
  winner?: string;
};

function withoutVariants(key: string, place: Place, { context }: Walk): void {
  const help = t`Add \`variants\`, or remove it.`;
  context.report.error('CRM4066', place.at(key).key, t`\`${key}\` has no effect: the send has no variants`, help);
}

function checkChannels(message: Loose<written.Message>, place: Place, { context }: Walk): void {
  const [first, second] = Object.keys(message);
  const range = second === undefined ? place.key : place.at(second).key;
  if (first !== undefined && second === undefined) return;
  const help = t`Name one channel with its template; messages through others are steps of their own.`;
  context.report.error('CRM1014', range, t`A send step names exactly one channel`, help);
}
