import fc, { type Arbitrary } from 'fast-check';

/** Changes that people make to a file without changing its meaning. */
export interface Noise {
  /** By line, counted round and round: a comment above it, one at its end, a blank line, blanks at its end. */
  marks: { above: boolean; beside: boolean; blank: boolean; trailing: boolean }[];
}

const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
export const noise: Arbitrary<Noise> = fc.record({
  marks: fc.array(fc.record({ above: rarely, beside: rarely, blank: rarely, trailing: rarely }), {
    minLength: 1,
    maxLength: 40,
  }),
});

/** The text with noise, and the comments that are in it. */
export function noisy(text: string, { marks }: Noise): { text: string; comments: string[] } {
  const comments: string[] = [];
  const comment = () => {
    comments.push(`note ${comments.length + 1}.`);
    return `# ${comments.at(-1)}`;
  };
  let folded: number | undefined;
  const lines = text.split('\n').flatMap((line, index) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    if (folded !== undefined && indent.length <= folded) folded = undefined;
    // Inside a folded text there are no comments, and blank lines mean something.
    if (folded !== undefined || line === '') return [line];
    if (line.endsWith('>-')) folded = indent.length;
    const mark = marks[index % marks.length];
    return [
      ...(mark?.blank ? [''] : []),
      ...(mark?.above ? [`${indent}${comment()}`] : []),
      mark?.beside ? `${line} ${comment()}` : mark?.trailing ? `${line}  ` : line,
    ];
  });
  return { text: lines.join('\n'), comments };
}
