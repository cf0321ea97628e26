import type { Status } from '../../engine/report/status.ts';
import { t } from '../../spec/words/t.ts';
import { byDeclaration } from './by-declaration.ts';
import { count, type ViewOptions } from './format.ts';
import { table } from './table.ts';

/** Returns a row for each declared file, folder or pattern. */
export function sourceTable(
  { sources, quarantine }: Pick<Status, 'sources' | 'quarantine'>,
  clock: (at: number) => string,
  view: ViewOptions,
): string[] {
  const problems = new Map(quarantine.map((one) => [one.path, one.problems]));
  const declared = byDeclaration(sources).map(({ path, files }) => {
    const sum = (of: (file: (typeof files)[number]) => number) => files.reduce((all, file) => all + of(file), 0);
    return {
      path,
      files: files.length,
      rows: sum((file) => file.rows),
      counts: [
        sum((file) => file.lost),
        sum((file) => file.incomplete),
        sum((file) => file.passed),
        sum((file) => problems.get(file.path) ?? 0),
      ],
      loadedAt: Math.max(...files.map((file) => file.loadedAt)),
    };
  });
  const titles = [t`lost`, t`incomplete`, t`left out`, t`problems`];
  // A column of zeros has no information, and takes room from the names.
  const used = titles.flatMap((title, i) =>
    declared.some(({ counts }) => (counts[i] ?? 0) > 0) ? [{ title, i }] : [],
  );
  const several = declared.some(({ files }) => files > 1);
  const rows = declared.map(({ path, files, rows, counts, loadedAt }) => [
    path,
    ...(several ? [count(files)] : []),
    count(rows),
    ...used.map(({ i }) => count(counts[i] ?? 0)),
    clock(loadedAt),
  ]);
  if (rows.length === 0) return [];
  const columns = [
    { title: t`file`, whole: true },
    ...(several ? [{ title: t`files`, right: true }] : []),
    { title: t`rows`, right: true },
    ...used.map(({ title }) => ({ title, right: true })),
    { title: t`read`, whole: true },
  ];
  return table(columns, rows, view.width - 2);
}
