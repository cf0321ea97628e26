import type { ChannelKind } from '../../spec/model/channel-kinds.ts';
import type { Channel } from '../../spec/model/model.ts';
import { createRenderer, type Rendered } from '../delivery/render/renderer.ts';
import { templateData } from '../delivery/render.ts';
import type { Program } from '../program/program.ts';
import { type Subject, type Use, usesOf } from './subject.ts';

/** A template of one kind of channel, as its reader sees it. */
export interface Preview {
  kind: ChannelKind;
  /** The channel and campaign that send it; absent where none does. */
  use?: Use;
  from?: string;
  rendered: Rendered;
  /** Paths of the values that it reads and that are missing. */
  missing: string[];
}

/** A template of one kind, and the campaign by which it is shown: the first that sends it. */
export interface Shown {
  kind: ChannelKind;
  use?: Use;
  /** The kind of event that it is shown with: that of the campaign, also where only another channel is used. */
  event?: string;
  channel: Pick<Channel, 'kind' | 'unsubscribe' | 'from'>;
}

/** Returns the kinds of a template that a word means: a channel or a kind; absent: all. */
export function shownKinds(program: Program, template: string, word?: string): Shown[] {
  const uses = usesOf(program, template);
  const kinds = program.templates.flatMap((each) => (each.name === template ? [each.channel] : []));
  return kinds.flatMap((kind): Shown[] => {
    const channels = program.channels.filter((one) => one.kind === kind);
    const meant = word === undefined || word === kind ? channels : channels.filter((one) => one.name === word);
    if (word !== undefined && word !== kind && meant.length === 0) return [];
    const use = uses.find((each) => meant.some((one) => one.name === each.channel));
    const channel = meant.find((one) => one.name === use?.channel) ?? meant[0] ?? { kind };
    const event = (use ?? uses[0])?.event;
    return [{ kind, channel, ...(use && { use }), ...(event !== undefined && { event }) }];
  });
}

/** Renders by the renderer of production. `locale`: in the place of the customer's own. Throws RenderError. */
export function preview(
  program: Program,
  template: string,
  { kind, use, channel }: Shown,
  subject: Subject,
  locale?: string,
): Preview {
  const renderer = createRenderer(program.templates, program.partials, program.project, program.variables);
  const { locale: own, data } = templateData(program, channel)(subject, 'preview');
  const missing = new Set<string>();
  const rendered = renderer.render(template, kind, locale ?? own, {
    ...data,
    missing: (path) => missing.add(path),
  });
  const { from } = channel;
  return { kind, ...(use && { use }), ...(from !== undefined && { from }), rendered, missing: [...missing].sort() };
}
