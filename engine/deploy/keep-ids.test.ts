import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import { campaign, hour, program } from '../../test/world.ts';
import type { Program } from '../program/program.ts';
import { keepIds } from './keep-ids.ts';

const send = (id: string, template: string): Step => ({ kind: 'send', id, channel: 'email', template });
const wait = (id: string, ms: number): Step => ({ kind: 'wait', id, ms });
const split = (id: string, share = 5_000): Step => ({
  kind: 'split',
  id,
  arms: [
    { name: 'a', share, control: false, steps: [send(`${id}.a.send-1`, 'in-a')] },
    { name: 'b', share: 10_000 - share, control: false, steps: [] },
  ],
});
const made = (...steps: Step[]) => program({ campaigns: [campaign({ steps })] });
const ids = ({ campaigns }: Program) => campaigns[0]?.steps.map((step) => step.id);
const salts = ({ campaigns }: Program) =>
  campaigns[0]?.steps.flatMap((step) => (step.kind === 'split' ? [step.salt] : []));

describe('ids of steps that are applied', () => {
  const applied = made(send('send-1', 'hello'), split('split-2'), wait('wait-3', hour), send('send-4', 'bye'));

  it('stay where a step is put in before them', () => {
    const after = keepIds(
      made(wait('wait-1', 5), send('send-2', 'hello'), split('split-3'), wait('wait-4', hour), send('send-5', 'bye')),
      applied,
    );
    expect(ids(after)).toEqual(['wait-1', 'send-1', 'split-2', 'split-2.a.send-1', 'wait-3', 'send-4']);
    expect(salts(after)).toEqual(['cart/split-2']);
    expect(after.campaigns[0]?.steps[0]).toMatchObject({ next: 'send-1' });
  });

  it('stay where one is taken out, and another does not get an id that is taken', () => {
    expect(ids(keepIds(made(split('split-1'), wait('wait-2', hour), send('send-3', 'bye')), applied))).toEqual([
      'split-2',
      'split-2.a.send-1',
      'wait-3',
      'send-4',
    ]);
    const twice = keepIds(
      made(
        send('send-1', 'new'),
        send('send-2', 'hello'),
        split('split-3'),
        wait('wait-4', hour),
        send('send-5', 'bye'),
      ),
      applied,
    );
    expect(ids(twice)).toEqual(['send-2', 'send-1', 'split-2', 'split-2.a.send-1', 'wait-3', 'send-4']);
  });

  it('stay where the step itself is changed', () => {
    const after = keepIds(made(wait('wait-1', 5), send('send-2', 'hello'), split('split-3', 2_000)), applied);
    expect(ids(after)).toEqual(['wait-1', 'send-1', 'split-2', 'split-2.a.send-1']);
    expect(salts(after)).toEqual(['cart/split-2']);
  });

  it('leave given ids alone; a moved split keeps what was drawn', () => {
    const given = made(split('offer'));
    const renamed = program({
      campaigns: [campaign({ steps: [split('promo')], moved: [{ from: 'offer', to: 'promo' }] })],
    });
    const after = keepIds(renamed, given);
    expect(ids(after)?.[0]).toBe('promo');
    expect(salts(after)).toEqual(['cart/offer']);
    // A salt that was kept once is kept on, also without the word about the move.
    expect(salts(keepIds(made(split('promo')), after))).toEqual(['cart/offer']);
    expect(salts(keepIds(made(split('other')), given))).toEqual(['cart/other']);
  });

  it('keep the messages of a send known, with variants or without, wherever it stands', () => {
    const varied = (id: string, ...names: string[]): Step => ({
      ...{ kind: 'send', id, channel: 'email', template: 'hello' },
      variants: names.map((name) => ({ name })),
    });
    const keys = ({ campaigns }: Program) =>
      campaigns[0]?.steps.flatMap((step) => (step.kind === 'send' ? [`${step.id} ${step.key ?? step.id}`] : []));
    const first = keepIds(made(varied('send-1', 'plain', 'warm')), made(send('send-1', 'hello')));
    expect(ids(first)).toEqual(['send-1', 'send-1.plain', 'send-1.warm']);
    expect(keys(first)).toEqual(['send-1.plain send-1', 'send-1.warm send-1']);
    // A send before it does not take its key, nor does a further variant get another.
    const second = keepIds(made(send('send-1', 'new'), varied('send-2', 'plain', 'warm', 'short')), first);
    expect(keys(second)).toEqual(['send-2 send-2', 'send-1.plain send-1', 'send-1.warm send-1', 'send-2.short send-1']);
    expect(keys(keepIds(made(send('send-1', 'hello:warm')), first))).toEqual(['send-1 send-1']);
  });

  it('make the Program that is applied already, where nothing was changed', () => {
    const moved = keepIds(made(wait('wait-1', 5), send('send-2', 'hello')), made(send('send-1', 'hello')));
    expect(keepIds(made(wait('wait-1', 5), send('send-2', 'hello')), moved)).toEqual(moved);
    expect(keepIds(applied, applied)).toEqual(applied);
  });

  it('are each there once and lead to steps that are there, whatever is put in and taken out', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'wait', 'split'), { maxLength: 7 });
    const build = (kinds: string[]) =>
      made(
        ...kinds.map((kind, i) => {
          if (kind === 'wait') return wait(`wait-${i + 1}`, hour);
          return kind === 'split' ? split(`split-${i + 1}`) : send(`send-${i + 1}`, kind);
        }),
      );
    fc.assert(
      fc.property(list, list, list, (first, second, third) => {
        const one = keepIds(build(second), build(first));
        const two = keepIds(build(third), one);
        const steps = two.campaigns[0]?.steps ?? [];
        const known = new Set<string | null>([null, ...steps.map(({ id }) => id)]);
        expect(known.size).toBe(steps.length + 1);
        for (const step of steps) {
          const links = step.kind === 'split' ? step.arms.map((arm) => arm.next) : 'next' in step ? [step.next] : [];
          for (const link of links) expect(known).toContain(link);
        }
        expect(keepIds(build(third), two)).toEqual(two);
      }),
    );
  });
});
