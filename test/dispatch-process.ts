import { openHttp } from '../engine/delivery/carriers/http.ts';
import { openSmtp } from '../engine/delivery/carriers/smtp.ts';
import { dispatch } from '../engine/delivery/dispatch.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { hookOptions, options } from './outbox.ts';

/** `node test/dispatch-process.ts <store> <smtp or http url>`: a dispatching process that a test can kill. */
const [store = '', url = ''] = process.argv.slice(2);
const db = await DuckDb.open(store);
const http = url.startsWith('http');
const carrier = http ? openHttp('crm', 'webhook', url) : openSmtp('email', url);
await dispatch(db, (http ? hookOptions : options)(carrier, { worker: `worker-${process.pid}`, batch: 20 }));
await carrier.close();
await db.close();
