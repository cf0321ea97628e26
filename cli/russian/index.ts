import * as engine from '../../engine/russian/index.ts';
import * as spec from '../../spec/russian/index.ts';
import type { Catalogue, Texts } from '../../spec/words/language.ts';
import { texts as approvals } from './approvals.ts';
import { texts as ci } from './ci.ts';
import { texts as commands } from './commands.ts';
import { texts as customer } from './customer.ts';
import { texts as data } from './data.ts';
import { texts as deployments } from './deployments.ts';
import { texts as diagnostics } from './diagnostics.ts';
import { texts as environments } from './environments.ts';
import { texts as errors } from './errors.ts';
import { texts as files } from './files.ts';
import { texts as general } from './general.ts';
import { texts as help } from './help.ts';
import { texts as helpPage } from './help-page.ts';
import { texts as init } from './init.ts';
import { texts as metrics } from './metrics.ts';
import { nouns } from './nouns.ts';
import { texts as plan } from './plan.ts';
import { texts as planDetails } from './plan-details.ts';
import { texts as reasons } from './reasons.ts';
import { texts as report } from './report.ts';
import { texts as runs } from './runs.ts';
import { texts as status } from './status.ts';
import { texts as sync } from './sync.ts';
import { texts as tests } from './tests.ts';

/** Russian texts of the commands: their help, views and errors. */
export const texts: Texts[] = [
  ...[planDetails, approvals],
  ...[general, errors, help, helpPage, init, commands],
  ...[plan, runs, tests, status, customer, reasons, data, diagnostics, files, ci, deployments],
  environments,
  metrics,
  report,
  sync,
];

/** All Russian texts of the program. */
export const catalogue: Catalogue = {
  texts: new Map([...spec.texts, ...engine.texts, ...texts].flatMap(Object.entries)),
  stored: new Map(engine.stored.flatMap(Object.entries)),
  nouns: new Map([spec.nouns, engine.nouns, nouns].flatMap(Object.entries)),
};
