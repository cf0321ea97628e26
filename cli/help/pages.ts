/** A call of a command, and its effect. */
export type Example = [call: string, does: string];

/** In the order in which somebody new meets them. */
export const commonPath: [command: string, gloss: string][] = [
  ['init', 'Begin a small working project.'],
  ['import', 'Declare the files that the shop exports.'],
  ['validate', 'Check its files.'],
  ['test', 'Run the tests of its campaigns.'],
  ['plan', 'Show what an apply would change, and what that would do.'],
  ['apply', 'Make it what runs.'],
  ['run', 'Decide and send on schedule, until Ctrl-C.'],
];

/** The rest, by what one is about. A command that is in none of them shows up under "More". */
export const groups: [title: string, commands: string[]][] = [
  ['Look at what runs', ['status', 'customer', 'segment', 'audience', 'explain']],
  ['Act by hand', ['launch', 'tick', 'pause', 'resume', 'suppression', 'erase']],
  ['Look ahead', ['data', 'simulate', 'preview', 'send-test', 'graph', 'compile']],
  ['Keep files tidy', ['fmt', 'convert', 'lint', 'explain-code']],
  ['In editor and shell', ['lsp', 'schema', 'completion', 'help']],
];

export const examples: Record<string, Example[]> = {
  init: [
    ['crm init shop', 'asks what to begin with, and for language, zone and currency'],
    ['crm init shop --dsl --template cart', 'asks for language, zone and currency only'],
    ['crm init shop --template cart --language ru', 'Russian texts, Moscow, roubles'],
  ],
  schema: [['crm schema > crm.schema.json', 'after an update of Kaskad, for the schema that `crm init` wrote']],
  import: [
    ['crm import exports/clients.csv exports/orders.csv', 'shows what they are, and asks'],
    ['crm import visits.jsonl --as product_viewed --yes', 'asks nothing'],
    ['crm import clients.csv --name "Дата рождения=birthday"', 'with a name of one’s own'],
  ],
  validate: [
    ['crm validate', 'checks the project around this folder'],
    ['crm validate --format github', 'annotates a pull request'],
  ],
  test: [
    ['crm test', 'runs every test'],
    ['crm test cart --watch', 'one campaign’s, again at every change'],
  ],
  lint: [
    ['crm lint', 'shows what is allowed and yet doubtful'],
    ['crm lint --fix', 'puts right what can be put right safely'],
  ],
  'explain-code': [['crm explain-code CRM4003', 'what a finding means, with an example']],
  fmt: [
    ['crm fmt', 'brings all files into their canonical form'],
    ['crm fmt --check campaigns', 'for pull requests: changes nothing, exits with 1'],
  ],
  convert: [
    ['crm convert campaigns/cart.crm.yaml --to dsl', 'one file'],
    ['crm convert --all --to yaml', 'every file that is not in YAML yet'],
  ],
  compile: [['crm compile --json', 'what `crm apply` would store']],
  plan: [
    ['crm plan', 'shows changes and forecast'],
    ['crm plan --out plan.json', 'keeps the plan for `crm apply plan.json`'],
  ],
  apply: [
    ['crm apply', 'plans, shows, asks, applies'],
    ['crm apply plan.json', 'exactly what was planned and reviewed'],
  ],
  data: [
    ['crm data check', 'what is wrong with the data files, the worst first'],
    ['crm data check --format html -o check.html', 'as a page for those who export the data'],
    ['crm data check --all --out problems.txt', 'every place, in a file'],
  ],
  simulate: [
    ['crm simulate --days 14', 'lives through two weeks of the data files'],
    ['crm simulate --render out/messages', 'writes some of the messages as files'],
    ['crm simulate --launch spring-sale', 'with a campaign that begins by hand'],
  ],
  preview: [
    ['crm preview cart/reminder --open', 'with sample values, in the browser'],
    ['crm preview cart/reminder --customer c42 --channel email', 'as this customer would get it'],
  ],
  'send-test': [
    ['crm send-test cart/reminder --to you@example.com', 'one message, by the real channel'],
    ['crm send-test abandoned-cart --to you@example.com --env production', 'each e-mail of the campaign'],
  ],
  graph: [
    ['crm graph cart', 'Mermaid, for a pull request or a README'],
    ['crm graph -o journeys.svg', 'all campaigns as one picture'],
  ],
  tick: [['crm tick', 'what is due now, once; for cron']],
  run: [
    ['crm run', 'until Ctrl-C'],
    ['crm run --project /srv/shop --json', 'the log as JSON lines'],
  ],
  launch: [
    ['crm launch spring-sale', 'shows who would get it, and asks'],
    ['crm launch spring-sale --at 2026-03-08T10:00 --auto-approve', 'asks nothing'],
  ],
  pause: [
    ['crm pause spring-sale', 'nobody in it moves on, and none of its messages leaves'],
    ['crm pause --channel sms', 'its messages wait; everything else goes on'],
  ],
  resume: [
    ['crm resume spring-sale', 'goes on where everybody stands'],
    ['crm resume --all', 'lifts every pause'],
  ],
  suppression: [
    ['crm suppression list', 'who gets nothing by which channel, and why'],
    ['crm suppression add c42 --channel sms', 'the customer and the number that he has now'],
    ['crm suppression lift anna@example.com', 'a mailbox that bounced exists again'],
  ],
  erase: [
    ['crm erase c42', 'shows what ends by it, and asks'],
    ['crm erase c42 --auto-approve --json', 'for the program that handles such requests'],
  ],
  explain: [['crm explain c42', 'why this customer did or did not get messages']],
  customer: [
    ['crm customer anna@example.com', 'attributes, consent, events, journeys and messages'],
    ['crm customer smith', 'who is meant, if several are'],
  ],
  segment: [
    ['crm segment vip', 'how many, and which share of all'],
    ['crm segment vip --why c42', 'which conditions hold for this customer'],
    ['crm segment vip --list -o vip.csv', 'for a spreadsheet'],
  ],
  audience: [
    ['crm audience win-back', 'who is inside, by step, and who may enter'],
    ['crm audience win-back --list > win-back.csv', 'for a spreadsheet'],
  ],
  status: [['crm status', 'what is applied, who is where, what waits']],
  completion: [
    ['source <(crm completion bash)', 'in ~/.bashrc; zsh alike'],
    ['crm completion fish > ~/.config/fish/completions/crm.fish', 'for fish'],
  ],
  lsp: [['crm lsp', 'editors start it and talk to it over stdio']],
  help: [['crm help plan', 'the same as `crm plan --help`']],
};
