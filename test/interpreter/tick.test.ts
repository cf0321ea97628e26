import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import { settle } from '../../engine/data/intake/settle.ts';
import type { Column, Database, Value } from '../../engine/store/database.ts';
import { eventInbox } from '../../engine/store/tables.ts';
import { compileExpression } from '../../spec/expression/compile.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { drive, enrolments } from '../drive.ts';
import { onEveryStore } from '../stores.ts';
import { campaign, day, hour } from '../world.ts';
import { shop, shopScope } from './shop.ts';

const now = Date.UTC(2026, 2, 2, 10);

function expression(text: string, expected: 'condition' | 'number' = 'condition'): Expression {
  const { expression, problems } = compileExpression(text, shopScope, expected);
  if (!expression) throw new Error(JSON.stringify(problems));
  return expression;
}

/** Every place of a campaign where an expression can stand, each with relations of its own. */
const program = compile({
  ...shop,
  campaigns: [
    campaign({
      name: 'care',
      on: {
        kind: 'event',
        event: 'order_paid',
        when: expression('any item in event.items where item.price > event.pieces and item.sku != city'),
      },
      audience: expression('viewed then order_paid within 2 hours and month(today) == 3'),
      exit: [{ event: 'viewed', when: expressionOfViews('count(item in event.seen) > 1 and event.seconds > 5') }],
      goal: {
        event: 'order_paid',
        when: expression(
          'count(order_paid where order_paid.total == event.total) == 1 and top 50% by count(order_paid)',
        ),
        within: day,
        value: expression('event.total * count(item in event.items where item.price > 1)', 'number'),
      },
      steps: [
        {
          kind: 'if',
          id: 'best',
          condition: expression('rfm.monetary == 4 and event.pieces in (2)'),
          then: [{ kind: 'exit', id: 'was-best', reason: 'best' }],
          else: [{ kind: 'wait', id: 'wait', ms: day }],
        },
      ],
    }),
  ],
});

function expressionOfViews(text: string): Expression {
  const { expression, problems } = compileExpression(text, { ...shopScope, event: shop.data.events[1] }, 'condition');
  if (!expression) throw new Error(JSON.stringify(problems));
  return expression;
}

async function happen(db: Database, kind: string, rows: Record<string, Value>[]): Promise<void> {
  const types: Record<string, Column['type']> = { at: 'bigint', pieces: 'bigint', seconds: 'bigint', total: 'decimal' };
  const names = [...new Set(rows.flatMap(Object.keys))];
  const columns = ['id', ...names].map((name): Column => ({ name, type: types[name] ?? 'text' }));
  await db.load(
    eventInbox(kind),
    columns,
    rows.map((row, i) => ({ id: `${kind}/${i}`, ...row })),
  );
}

onEveryStore('a tick', (open) => {
  it('asks a campaign’s expressions wherever they stand', async () => {
    const db = await open();
    const items = JSON.stringify([{ price: 9, sku: 'a' }, { price: 1 }]);
    await drive(db, program, now, now);
    await db.load(
      'inbox_customer',
      [
        { name: 'id', type: 'text' },
        { name: 'city', type: 'text' },
      ],
      ['anna', 'bob', 'olga', 'ivan'].map((id) => ({ id, city: id === 'bob' ? 'a' : 'b' })),
    );
    const order = { pieces: 2, total: 10, items };
    await happen(db, 'viewed', [
      ...['anna', 'bob', 'olga', 'ivan'].map((customer) => ({ customer, at: now + hour })),
      { customer: 'olga', at: now + 5 * hour, seconds: 6, seen: items },
      { customer: 'ivan', at: now + 5 * hour, seconds: 6, seen: '[]' },
    ]);
    await happen(db, 'order_paid', [
      // Bob's item is called as his city is.
      ...['anna', 'bob', 'olga', 'ivan'].map((customer) => ({ ...order, customer, at: now + 2 * hour })),
      { customer: 'ivan', at: now + 6 * hour, total: 20, items },
    ]);
    await settle(db, program.data);
    await drive(db, program, now + 1, now + 8 * hour);
    expect(await enrolments(db, now)).toEqual([
      '+120m anna care active',
      '+120m ivan care goal +360m',
      '+120m olga care exit-event +300m',
    ]);
    const [goal] = await db.query(sql`SELECT goal_value FROM enrolment WHERE goal_value IS NOT NULL`);
    expect(goal?.goal_value).toBe(20);
  });
});
