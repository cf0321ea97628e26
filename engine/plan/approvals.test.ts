import { describe, expect, it } from 'vitest';
import type { Approvals } from '../../spec/model/model.ts';
import { judgeSignatures } from './approvals.ts';
import { keys, signatures } from './signature.fixture.ts';
import { armoured, readSignature } from './signature.ts';

const rule: Approvals = {
  required: 1,
  for: ['breaking'],
  approvers: [`ann@example.com,ann@old.example ${keys.ann} Ann's laptop`, `bob@example.com ${keys.bob}`],
};
const plan = { planHash: 'hash-of-plan', authors: ['carl@example.com'] };
const judge = (...texts: string[]) => judgeSignatures(plan, rule, texts);
const { ann, bob, eve, byRsa, forFiles, ofAnother, bySha256 } = signatures;

describe('a signature of a plan', () => {
  it('counts if an approver has made it by ssh-keygen', () => {
    expect(judge(ann)).toEqual([{ verdict: 'counts', name: 'ann@example.com' }]);
    expect(judge(bySha256)).toEqual([{ verdict: 'counts', name: 'ann@example.com' }]);
    expect(judge(ann, bob).map(({ name }) => name)).toEqual(['ann@example.com', 'bob@example.com']);
  });

  it('counts once for a person', () => {
    expect(judge(ann, bySha256, ann)).toHaveLength(1);
    const both = { ...rule, approvers: [`ann@example.com ${keys.ann}`, `ann@example.com ${keys.bob}`] };
    expect(judgeSignatures(plan, both, [ann, bob])).toHaveLength(1);
  });

  it.each([
    ['of another plan', ofAnother],
    ['for another purpose', forFiles],
    ['by a key of another kind', byRsa],
    ['that was changed', ann.replace(/.{6}\n-----END/, 'AAAAAA\n-----END')],
    ['that ends too soon', ann.replace(/\n.{20,}\n-----END/, '\n-----END')],
    ['that is none', '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----'],
    ['of nothing', ''],
  ])('does not count %s', (_what, text) => {
    expect(judge(text)).toEqual([{ verdict: 'other' }]);
  });

  it('does not count by a stranger, also if the key is in a line of another person', () => {
    expect(judge(eve)).toEqual([{ verdict: 'stranger' }]);
  });

  it('does not count by an author, under any of the names, in any case', () => {
    for (const author of ['ann@example.com', 'Ann@Old.example'])
      expect(judgeSignatures({ ...plan, authors: ['x@y.z', author] }, rule, [ann])).toEqual([
        { verdict: 'author', name: 'ann@example.com' },
      ]);
  });

  it('cannot be moved to another key', () => {
    const blob = Buffer.from(ann.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    const other = Buffer.from(keys.bob.split(' ')[1] ?? '', 'base64');
    other.copy(blob, blob.indexOf(Buffer.from(keys.ann.split(' ')[1] ?? '', 'base64')));
    const forged = `-----BEGIN SSH SIGNATURE-----\n${blob.toString('base64')}\n-----END SSH SIGNATURE-----`;
    expect(readSignature(forged)?.key).toBe(keys.bob.split(' ')[1]);
    expect(judge(forged)).toEqual([{ verdict: 'other' }]);
  });
});

it('finds the signatures of a file, whatever is between them', () => {
  expect(armoured(`${ann}\nby hand:\n${bob}\n-----BEGIN SSH SIGNATURE-----\n`)).toEqual([ann, bob]);
  expect(armoured('')).toEqual([]);
});
