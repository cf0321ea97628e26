import { join, resolve } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { refuseUnreadable } from '../../engine/data/intake/unreadable.ts';
import { type Before, readBefore } from '../../engine/inspect/data-check/before.ts';
import { checkData } from '../../engine/inspect/data-check/check.ts';
import { SHOWN } from '../../engine/report/causes.ts';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { writePrivate } from '../private-file.ts';
import { progress } from '../progress.ts';
import { remark } from '../say.ts';
import { storeExists, storePath, withStore } from '../store.ts';
import { withTemporaryFolder } from '../temporary.ts';
import { dataCheckJson, dataCheckPage, dataCheckText } from '../views/data-check.ts';

export interface DataCheckOptions extends ProjectOptions {
  format?: 'text' | 'json' | 'html';
  all?: boolean;
  out?: string;
}

/** A limit above the number of rows of any file. */
const EVERY = Number.MAX_SAFE_INTEGER;

/**
 * Reads the data files of a project into a temporary store and shows the problems in them. Throws UserError after the report
 * if a file cannot be relied on.
 */
export async function dataCheck(io: Io, options: DataCheckOptions): Promise<number> {
  const { root, model } = await load(io, options);
  const program = compile(model);
  const before = await readEarlier(io, await storePath(io, root, options));
  const shown = progress(io, t`reading the data`);
  await withTemporaryFolder(io.now(), async (folder) => {
    const db = await DuckDb.open(join(folder, 'check.duckdb'));
    try {
      const most = options.all ? EVERY : SHOWN;
      const onReading = (share: number) =>
        shown.at(share < 1 ? t`reading the data` : t`looking through the data`, share);
      const reading = { root, at: io.now(), tz: io.tz, most, onReading, ...(before && { before }) };
      const report = await checkData(db, program, reading);
      shown.end();
      const format = options.json ? 'json' : (options.format ?? 'text');
      const width = options.out === undefined ? io.view.width : 100;
      const view = { color: options.out === undefined && io.view.color, width };
      const { project } = program;
      await writeReport(
        io,
        format === 'json'
          ? `${JSON.stringify(dataCheckJson(report))}\n`
          : format === 'html'
            ? dataCheckPage(report, project)
            : dataCheckText(report, project, view),
        options.out,
      );
      await refuseUnreadable(db, program);
    } finally {
      shown.end();
      await db.close();
    }
  });
  return exit.fine;
}

/** Returns what the project's store knows about the files; undefined if there is no store. */
async function readEarlier(io: Io, path: string): Promise<Before | undefined> {
  if (!(await storeExists(path))) return undefined;
  return withStore(io, path, { who: 'crm data check' }, readBefore);
}

async function writeReport(io: Io, text: string, out: string | undefined): Promise<void> {
  if (out === undefined) return io.out(text);
  await writePrivate(resolve(io.cwd, out), text);
  remark(io, t`The report is in ${out}.`);
}
