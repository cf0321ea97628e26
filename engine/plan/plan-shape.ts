import { programShape } from './program-shape.ts';
import { isRecord, list, maybe, number, oneOf, record, type Shape, text, whole } from './shape.ts';

const notice = record({
  level: oneOf('blocked', 'destructive', 'reversible'),
  address: text,
  message: text,
  help: text,
});
const plain: Shape = (value, path) => (isRecord(value) ? undefined : path);

/** The shape of a plan file, down to every step and condition of its Program. Parts that an apply does not read may be any plain values. */
export const planShape = record(
  {
    format: oneOf(2),
    kind: oneOf('kaskad-plan'),
    planHash: text,
    programHash: text,
    program: programShape,
    base: maybe(record({ serial: whole, lineage: text })),
    tz: text,
    createdAt: number,
    expiresAt: number,
    notices: list(notice),
    changes: list(plain),
    effects: plain,
  },
  { gitCommit: text },
);
