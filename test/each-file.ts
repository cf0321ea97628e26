import { stat } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { useLanguage } from '../spec/words/language.ts';

// Files of tests share a process: what a command has set in one file must not reach the next.
if (process.platform !== 'win32') process.umask(0o022);
useLanguage('en');

// The first call on another thread starts these threads, as many as vitest.config.ts says. Processes of tests have as many as users' have.
await stat('.');
delete process.env.UV_THREADPOOL_SIZE;

/** Set once this process opens databases with one thread: to hand the few rows of a test to others costs more than to read them. */
const marked = DuckDBInstance as { hasOneThread?: true };
if (!marked.hasOneThread) {
  marked.hasOneThread = true;
  const create = DuckDBInstance.create.bind(DuckDBInstance);
  DuckDBInstance.create = (path, options) => create(path, { threads: '1', ...options });
}
