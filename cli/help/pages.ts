import { t } from '../../spec/words/t.ts';

/** A call of a command, and its effect. */
export type Example = [call: string, does: string];

/** The commands of the common path, in the order in which a new user needs them. */
export const commonPath = (): [command: string, gloss: string][] => [
  ['init', t`Begin a small working project.`],
  ['import', t`Declare the files that the shop exports.`],
  ['validate', t`Check its files.`],
  ['test', t`Run the tests of its campaigns.`],
  ['plan', t`Show what an apply would change, and what that would do.`],
  ['apply', t`Make it what runs.`],
  ['run', t`Decide and send on schedule, until Ctrl-C.`],
];

/** The other commands, by subject. A command that is in no group is listed under "More". */
export const groups = (): [title: string, commands: string[]][] => [
  [t`What runs`, ['status', 'report', 'metrics', 'customer', 'audience', 'explain', 'suppression']],
  [t`Deployments`, ['history', 'rollback', 'drift', 'reconcile', 'approve', 'audit', 'sync']],
  [t`Act by hand`, ['launch', 'pause', 'resume', 'promote', 'recall', 'lock', 'unlock', 'erase']],
  [t`Look ahead`, ['data', 'segment', 'simulate', 'backtest', 'preview', 'decide', 'send-test']],
  [t`Tidy files`, ['fmt', 'convert', 'lint', 'graph', 'explain-code', 'compile', 'env']],
  [t`Other tools`, ['ci', 'tick', 'lsp', 'schema', 'completion', 'health', 'migrate', 'help']],
];

export const examples = (): Record<string, Example[]> => ({
  init: [
    ['crm init shop', t`asks what to begin with, and for language, zone and currency`],
    ['crm init shop --dsl --template cart', t`asks for language, zone and currency only`],
    ['crm init shop --template cart --language ru', t`Russian texts, Moscow, roubles`],
  ],
  schema: [['crm schema > crm.schema.json', t`after an update of Kaskad, for the schema that \`crm init\` wrote`]],
  import: [
    ['crm import exports/clients.csv exports/orders.csv', t`shows what they are, and asks`],
    ['crm import visits.jsonl --as product_viewed --yes', t`asks nothing`],
    ['crm import clients.csv --name "Дата рождения=birthday"', t`with a name of one’s own`],
  ],
  validate: [
    ['crm validate', t`checks the project around this folder`],
    ['crm validate --format github', t`annotates a pull request`],
  ],
  test: [
    ['crm test', t`runs every test`],
    ['crm test cart --watch', t`one campaign’s, again at every change`],
  ],
  lint: [
    ['crm lint', t`shows what is allowed and yet doubtful`],
    ['crm lint --fix', t`puts right what can be put right safely`],
  ],
  'explain-code': [['crm explain-code CRM4003', t`what a finding means, with an example`]],
  fmt: [
    ['crm fmt', t`brings all files into their canonical form`],
    ['crm fmt --check campaigns', t`for pull requests: changes nothing, exits with 1`],
  ],
  convert: [
    ['crm convert campaigns/cart.crm.yaml --to dsl', t`one file`],
    ['crm convert --all --to yaml', t`every file that is not in YAML yet`],
  ],
  compile: [['crm compile --json', t`what \`crm apply\` would store`]],
  plan: [
    ['crm plan', t`shows changes and forecast`],
    ['crm plan --out plan.json', t`keeps the plan for \`crm apply plan.json\``],
    ['crm plan --base main', t`what the branch changes, without a store`],
    ['crm plan --base main --format markdown', t`the text of a comment in a pull request`],
    ['crm plan --base main --format html', t`the same as a page, with charts`],
    ['crm plan --target campaign.cart', t`only one of the changes`],
    ['crm plan --sample 10000', t`forecasts by some of the customers`],
  ],
  apply: [
    ['crm apply', t`plans, shows, asks, applies`],
    ['crm apply plan.json', t`exactly what was planned and reviewed`],
  ],
  ci: [
    ['crm ci plan --base main', t`what a pull request changes, as files and in the job’s summary`],
    ['crm ci comment plan/plan.json', t`shows it under the pull request of the job`],
    ['crm ci comment --closed merged', t`once it is merged`],
    ['crm ci apply plan/plan.json', t`makes the reviewed plan what runs, and says so there`],
    ['crm ci reconcile', t`writes there what came of the forecast`],
  ],
  sync: [['crm sync https://host/shop.git#main', t`applies the commit of the branch, or says why it waits`]],
  health: [['crm health', t`for the health check of a container`]],
  migrate: [['crm migrate', t`before a new version runs`]],
  report: [
    ['crm report', t`what all campaigns did in the last 30 days`],
    ['crm report cart --from 2026-01-01', t`one campaign, by version, arm, step and day`],
    ['crm report cart --format html > cart.html', t`the same as a page, with charts`],
    ['crm report cart --customers cart.csv', t`also who is behind each figure, in a file of your own`],
  ],
  decide: [
    ['crm decide', t`what has won, and what is not certain yet`],
    ['crm decide cart --write', t`writes the winner into the files, for a pull request`],
  ],
  metrics: [
    ['crm metrics', t`the last 365 days`],
    ['crm metrics --segment vip --by source', t`of a segment, and for each source of traffic`],
    ['crm metrics --funnel registered,cart_updated,order_paid --within 7d', t`with the way to the order`],
    ['crm metrics --predictions predicted/today.jsonl', t`for segments by what is expected of customers`],
    ['crm metrics --format html > metrics.html', t`as a page, with charts`],
  ],
  history: [
    ['crm history', t`what has been applied, the newest first`],
    ['crm history --limit 100 --json', t`for other programs`],
  ],
  drift: [
    ['crm drift', t`what runs, against what the files say`],
    ['crm drift --json', t`for a job that watches the store`],
  ],
  reconcile: [
    ['crm reconcile', t`how right the forecast of the last apply was`],
    ['crm reconcile 12 --json', t`that of an earlier one, for other programs`],
  ],
  promote: [['crm promote welcome', t`lets in the share of the next stage`]],
  recall: [
    ['crm recall spring-sale', t`stops it at once, and asks before it cancels`],
    ['crm recall spring-sale --since 2026-03-06T10:00', t`messages since then were wrong`],
  ],
  backtest: [
    ['crm backtest --from 2026-02-01', t`from then until now, beside what is applied`],
    ['crm backtest --from 2026-02-01 --to 2026-03-01 --base main', t`a month, beside another commit`],
    ['crm backtest --from 2026-02-01 --format html > backtest.html', t`as a page, with charts`],
  ],
  rollback: [
    ['crm rollback', t`back to the deployment before; shows the plan, asks`],
    ['crm rollback 12', t`back to the deployment of that number`],
  ],
  env: [['crm env remove pr-12', t`when the branch is closed`]],
  approve: [
    ['crm approve plan.json', t`shows the plan, asks, signs it`],
    ['crm approve plan.json --key ~/.ssh/work', t`with another key than the usual one`],
  ],
  data: [
    ['crm data check', t`what is wrong with the data files, the worst first`],
    ['crm data check --format html -o check.html', t`as a page for those who export the data`],
    ['crm data check --all --out problems.txt', t`every place, in a file`],
  ],
  simulate: [
    ['crm simulate --days 14', t`lives through two weeks of the data files`],
    [
      'crm simulate --sample 10000',
      t`lives through a month with some of the customers, and estimates what all would get`,
    ],
    ['crm simulate --render out/messages', t`writes some of the messages as files`],
    ['crm simulate --launch spring-sale', t`with a campaign that begins by hand`],
  ],
  preview: [
    ['crm preview cart/reminder --open', t`with sample values, in the browser`],
    ['crm preview cart/reminder --customer c42 --channel email', t`as this customer would get it`],
  ],
  'send-test': [
    ['crm send-test cart/reminder --to you@example.com', t`one message, by the real channel`],
    ['crm send-test abandoned-cart --to you@example.com --env production', t`each e-mail of the campaign`],
  ],
  graph: [
    ['crm graph cart', t`Mermaid, for a pull request or a README`],
    ['crm graph -o journeys.svg', t`all campaigns as one picture`],
  ],
  tick: [['crm tick', t`what is due now, once; for cron`]],
  run: [
    ['crm run', t`until Ctrl-C`],
    ['crm run --project /srv/shop --json', t`the log as JSON lines`],
  ],
  launch: [
    ['crm launch spring-sale', t`shows who would get it, and asks`],
    ['crm launch spring-sale --at 2026-03-08T10:00 --auto-approve', t`asks nothing`],
  ],
  pause: [
    ['crm pause spring-sale', t`nobody in it moves on, and none of its messages leaves`],
    ['crm pause --channel sms', t`its messages wait; everything else goes on`],
  ],
  resume: [
    ['crm resume spring-sale', t`goes on where everybody stands`],
    ['crm resume --all', t`lifts every pause`],
  ],
  suppression: [
    ['crm suppression list', t`who gets nothing by which channel, and why`],
    ['crm suppression add c42 --channel sms', t`the customer and the number that he has now`],
    ['crm suppression lift anna@example.com', t`a mailbox that bounced exists again`],
  ],
  audit: [
    ['crm audit', t`who has applied, paused, launched … and when`],
    ['crm audit verify', t`whether the list is as it was written; prints the hash to keep`],
  ],
  lock: [
    ['crm lock', t`lists what is locked, by whom and why`],
    ['crm lock cart --reason "sale until Friday"', t`nobody else can apply a change of it`],
  ],
  unlock: [['crm unlock cart --force', t`breaks the lock of somebody else`]],
  erase: [
    ['crm erase c42', t`shows what ends by it, and asks`],
    ['crm erase c42 --auto-approve --json', t`for the program that handles such requests`],
  ],
  explain: [['crm explain c42', t`why this customer did or did not get messages`]],
  customer: [
    ['crm customer anna@example.com', t`attributes, consent, events, journeys and messages`],
    ['crm customer smith', t`who is meant, if several are`],
  ],
  segment: [
    ['crm segment vip', t`how many, and which share of all`],
    ['crm segment vip --why c42', t`which conditions hold for this customer`],
    ['crm segment vip --list -o vip.csv', t`for a spreadsheet`],
  ],
  audience: [
    ['crm audience win-back', t`who is inside, by step, and who may enter`],
    ['crm audience win-back --list > win-back.csv', t`for a spreadsheet`],
  ],
  status: [['crm status', t`what is applied, who is where, what waits`]],
  completion: [
    ['source <(crm completion bash)', t`in ~/.bashrc; zsh alike`],
    ['crm completion fish > ~/.config/fish/completions/crm.fish', t`for fish`],
  ],
  lsp: [['crm lsp', t`editors start it and talk to it over stdio`]],
  help: [['crm help plan', t`the same as \`crm plan --help\``]],
});
