// Generated from schemas/crm.schema.json by `npm run generate`. Do not edit.

/**
 * Latin letters, digits and hyphens, starting with a letter.
 */
export type Name = string
/**
 * A name from the IANA time zone database.
 */
export type Timezone = string
/**
 * A BCP 47 language tag.
 */
export type Locale = string
/**
 * An ISO 4217 code.
 */
export type Currency = string
/**
 * A number and a unit: seconds, minutes, hours, days or weeks.
 */
export type Duration = string
/**
 * A path; or env:NAME or file:PATH for where the path is.
 */
export type StorePlace = string
/**
 * A date and a time with their offset from UTC.
 */
export type Instant = string
/**
 * A number from 0 to 100, with at most two decimals, and the percent sign.
 */
export type Percent = string
/**
 * `off` asks nothing; an `error` lets `crm validate` and `crm lint` fail.
 */
export type LintSeverity = ("off" | "info" | "warning" | "error")
/**
 * A number, a text, or true or false.
 */
export type Variable = (string | number | boolean)
/**
 * A path, a map with path and how the file is written, or a list of these.
 */
export type Sources = (FilePath | Source | SourceList)
/**
 * Relative to the folder of crm.yaml: .csv, .tsv, .txt, .json, .jsonl or .ndjson, and these with .gz; .xlsx or .parquet. Or several files of one format: a folder, or a path in which * stands for any signs of a name, ? for one, and ** for any folders.
 */
export type FilePath = string
/**
 * The name of an export of a well-known product.
 */
export type PresetName = ("shopify-customers" | "shopify-orders" | "woocommerce-customers" | "woocommerce-orders" | "mailchimp-subscribed" | "mailchimp-unsubscribed" | "mailchimp-cleaned" | "klaviyo-profiles" | "retailcrm-customers" | "retailcrm-orders" | "insales-customers" | "insales-orders" | "bitrix-orders" | "bitrix-orders-csv" | "mindbox-customers")
/**
 * A name, or several where one column is several things.
 */
export type ColumnMeaning = (Identifier | ColumnNames)
/**
 * Latin letters, digits and underscores, not starting with a digit.
 */
export type Identifier = string
/**
 * All that one column is.
 * 
 * @minItems 1
 */
export type ColumnNames = Identifier[]
/**
 * The encoding of letters as bytes.
 */
export type Encoding = ("utf-8" | "utf-16" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1254" | "iso-8859-15" | "koi8-r" | "ibm866" | "macintosh")
/**
 * The sign that separates the cells.
 */
export type Delimiter = ("," | ";" | "|" | "tab")
/**
 * The name of a sheet, in any case of letters.
 */
export type SheetName = string
/**
 * `email`: the customers' ids are e-mail addresses, in any case of letters.
 */
export type IdKind = "email"
/**
 * YYYY or YY, MM or M, DD or D, and for instants HH or H (h with A for am and pm), mm, ss, SSS (decimals of a second), Z (an offset) or UTC, with signs between them; or epoch seconds, epoch milliseconds.
 */
export type DateForm = string
/**
 * Forms of dates, the first that fits counts.
 * 
 * @minItems 1
 */
export type DateForms = DateForm[]
/**
 * Comma or dot.
 */
export type DecimalSign = ("," | ".")
/**
 * A value as the model has it, or an empty text for nothing.
 */
export type ValueWord = (string | number | boolean)
/**
 * One or more signs.
 */
export type SideText = string
/**
 * The text before a value, and the one after it.
 * 
 * @minItems 2
 * @maxItems 2
 */
export type TwoTexts = SideText[]
/**
 * A value, or several.
 */
export type WantedValue = (FileValue | FileValues)
/**
 * A value as in the file, in any case of letters; an empty text is an empty cell.
 */
export type FileValue = (string | number | boolean)
/**
 * Values of which one is enough.
 * 
 * @minItems 1
 */
export type FileValues = FileValue[]
/**
 * Keys with dots between them.
 */
export type JsonPath = string
/**
 * A path, or a map with path and how the file is written.
 */
export type SourceItem = (FilePath | Source)
/**
 * Files that are read one after the other.
 * 
 * @minItems 1
 */
export type SourceList = SourceItem[]
/**
 * A type, or a map with type, pii, title and items.
 */
export type Field = (FieldType | FieldForm)
/**
 * The values that the field may hold.
 */
export type FieldType = ("string" | "integer" | "number" | "money" | "boolean" | "date" | "instant" | "email" | "phone" | "timezone" | "locale" | "country" | "list")
/**
 * A column, or a map with column, at and refusal.
 */
export type ColumnConsent = (ConsentColumn | ConsentForm)
/**
 * A column of the customers’ files, as `rename` calls it or as the file does.
 */
export type ConsentColumn = string
/**
 * A path, a map with path and how the file is written, a list of these, or a map with from.
 */
export type Stream = (FilePath | SourceList | Source | StreamForm)
/**
 * A condition, or a list of customers.
 */
export type Segment = (DynamicSegment | StaticSegment)
/**
 * A condition or a value over the customer, the events and the event that started the journey.
 */
export type Expression = string
/**
 * The kind of the message; webhook and task go to other systems and to the staff.
 */
export type ChannelKind = ("email" | "sms" | "push" | "messenger" | "webhook" | "task")
/**
 * env:NAME or file:PATH, or a URL that holds no password.
 */
export type SecretUrl = string
/**
 * The number of messages that may leave per second, minute or hour.
 */
export type Rate = string
/**
 * The address that it leads to, beginning with https:// or http://.
 */
export type Address = string
/**
 * Hours and minutes on the 24-hour clock, in the customer’s own time zone.
 */
export type TimeOfDay = string
/**
 * A rolling window, or the customer’s calendar day.
 */
export type CapWindow = string
/**
 * A day.
 */
export type WeekdayName = ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
/**
 * Days of the week.
 * 
 * @minItems 1
 */
export type WeekdayNames = WeekdayName[]
/**
 * A kind of plan.
 */
export type ApprovedPlan = ("breaking" | "guards" | "always")
/**
 * Which plans need approvals. Default: breaking and guards.
 * 
 * @minItems 1
 */
export type ApprovedPlans = ApprovedPlan[]
/**
 * The e-mail address in the person’s commits, several separated by commas, a space, and the public key as ssh-keygen -t ed25519 writes it.
 */
export type Approver = string
/**
 * Lines as in the file allowed_signers of OpenSSH.
 * 
 * @minItems 1
 */
export type Approvers = Approver[]
/**
 * Names of campaigns.
 * 
 * @minItems 1
 */
export type CampaignNames = Name[]
/**
 * written: as they stand; cheapest: by the price of a message; preferred: first the channel that the customer has answered most.
 */
export type CascadeOrder = ("written" | "cheapest" | "preferred")
/**
 * The reaction by which the customer stops the cascade.
 */
export type Reaction = ("delivered" | "opened" | "clicked")
/**
 * The channels, in order.
 * 
 * @minItems 1
 */
export type NamedStages = NamedStage[]
/**
 * An event, entering or leaving a segment, a date, the absence of an event, a schedule, or a launch by hand.
 */
export type Trigger = (OnEvent | OnSegment | OnLeaving | OnDate | OnAbsence | OnSchedule | OnLaunch)
/**
 * A number of days or weeks, before or after.
 */
export type DayOffset = string
/**
 * An event, or a map with event and when.
 */
export type AbsenceAfter = (Identifier | EventMatch)
/**
 * Five fields of cron, or words: every 15 minutes, every hour, every day at …, every weekday at …, every monday and thursday at …, every month on day … at …, every month on the last day at …, every month on the first monday at ….
 */
export type Schedule = string
/**
 * One exit event or a list of them.
 */
export type Exits = (EventMatch | ExitList)
/**
 * Any of them ends the journey.
 * 
 * @minItems 1
 */
export type ExitList = EventMatch[]
/**
 * The rule by which a customer who has been in the campaign may enter again.
 */
export type Reentry = string
/**
 * The time in which a removed campaign can be put back with its customers where they stood; `none`: not at all.
 */
export type Resumption = string
/**
 * finish: they stay on their version; migrate: they move to the same step of the new one, with recompute by its times; follow: they move, and where their step is gone to the next; exit: their journeys end.
 */
export type InFlight = ("finish" | "migrate" | "migrate recompute" | "follow" | "exit")
/**
 * Stages of the campaign, as in `rollout: [10% for 2 days, 100%]`, or a map with those of each change of it.
 */
export type Rollout = (RolloutStages | RolloutForm)
/**
 * A share of the customers, and how long the stage lasts; `manual`: until `crm promote`. The last one stays.
 */
export type RolloutStage = string
/**
 * Each stage is a larger share of the customers than the one before.
 * 
 * @minItems 1
 */
export type RolloutStages = RolloutStage[]
/**
 * As the step is called, with the steps around it: offer.plain.send-1.
 */
export type StepId = string
/**
 * One of wait, send, cascade, split, if, set, add_to, remove_from, webhook, task, exit.
 */
export type Step = (WaitStep | SendStep | CascadeStep | SplitStep | IfStep | SetStep | AddStep | RemoveStep | WebhookStep | TaskStep | ExitStep)
/**
 * A duration, or a map with until or event.
 */
export type Wait = (Duration | WaitUntil | WaitEvent)
/**
 * A time of day, or days of the week and a time of day, on the customer’s clock.
 */
export type ClockTime = string
/**
 * The part of templates/<name>.<channel>.hbs before the channel; behind a colon the variant, where it is only one.
 */
export type TemplateName = string
/**
 * A list of stages, a map with stages, or a map with use.
 */
export type Cascade = (Stages | CascadeForm | CascadeUse)
/**
 * The channels, in order.
 * 
 * @minItems 1
 */
export type Stages = Stage[]
/**
 * The steps, in order; may be empty.
 */
export type ArmSteps = Step[]
/**
 * For a text the text itself; for anything else an expression, as points + 50 or today.
 */
export type NewValue = (string | number | boolean)
/**
 * An attribute of the customer, or event. and a field of the event that started the journey.
 */
export type EventOrAttribute = string
/**
 * Attributes of the customer, and fields of the event that started the journey.
 */
export type ToldFields = EventOrAttribute[]
/**
 * The steps, in order.
 * 
 * @minItems 1
 */
export type Steps = Step[]
/**
 * Names of channels.
 */
export type ChannelNames = Name[]
/**
 * Names of segments.
 */
export type SegmentNames = Name[]
/**
 * A value of its field’s type: text, a number, true or false, nothing, or a list of maps.
 */
export type TestValue = (string | number | boolean | null | TestValues[])
/**
 * The customers of the test.
 * 
 * @minItems 1
 */
export type TestCustomers = TestCustomer[]
/**
 * A sign and a duration, counted from the test’s start.
 */
export type Offset = string
/**
 * Values of fields, or nothing.
 */
export type TestFields = ({
[k: string]: TestValue
} | null)
/**
 * The acts of the customers.
 */
export type TestEvents = TestEvent[]
/**
 * The customers’ answers.
 */
export type TestReactions = TestReaction[]
/**
 * Counted from the test’s start.
 * 
 * @minItems 1
 */
export type Offsets = Offset[]
/**
 * A part of the text, as in the message.
 */
export type TextPart = string
/**
 * Parts of a text.
 * 
 * @minItems 1
 */
export type TextParts = TextPart[]
/**
 * The name of the template, or of the webhook’s channel.
 */
export type ExpectedName = string
/**
 * In order; may be empty.
 */
export type ExpectedMessages = ExpectedMessage[]
/**
 * In order; may be empty.
 */
export type ExpectedExits = ExpectedExit[]
/**
 * With attributes at the end.
 * 
 * @minItems 1
 */
export type ExpectedCustomers = ExpectedCustomer[]

/**
 * Customer campaigns as code: crm.yaml and every *.crm.yaml of a project.
 */
export interface CrmFile {
/**
 * The settings of the whole project. They stand in crm.yaml only.
 */
project?: Project
/**
 * Values that $name stands for.
 */
variables?: Variables
/**
 * The customers, their events, and where both come from.
 */
data?: Data
/**
 * Named groups of customers, described by a condition.
 */
segments?: Segments
/**
 * The ways a message can leave.
 */
channels?: Channels
/**
 * Quiet hours, limits on how often a customer is written to, and what an apply may not do.
 */
policies?: Policies
/**
 * Parts of the customers that get no marketing.
 */
holdouts?: Holdouts
/**
 * Channels in order, to be used with a template by the journeys.
 */
cascades?: Cascades
/**
 * Journeys: who enters, what happens to them, when they leave.
 */
campaigns?: Campaigns
/**
 * Campaigns on small worlds of their own, and what is expected of them.
 */
tests?: Tests
}
/**
 * The settings of the whole project.
 */
export interface Project {
/**
 * The name of the project in plans and reports.
 */
name: Name
/**
 * For customers without a zone of their own, and for schedules.
 */
timezone: Timezone
/**
 * The language of customers without one of their own.
 */
locale: Locale
/**
 * The currency of money in the data and of prices.
 */
currency: Currency
/**
 * The grid on which things happen. Divides an hour evenly, or is whole hours.
 */
tick?: Duration
/**
 * The interval at which customers are ranked and segments are evaluated: a multiple of the tick.
 */
segments_refresh?: Duration
/**
 * The path of the embedded store, relative to crm.yaml.
 */
store?: StorePlace
/**
 * The assumptions of a simulation and of a plan’s forecast.
 */
simulation?: Simulation
/**
 * The severity of lint rules, if it should be another than their own.
 */
lint?: Lint
}
/**
 * The assumptions of a simulation and of a plan’s forecast.
 */
export interface Simulation {
/**
 * The instant at which the virtual clock starts. Default: now.
 */
from?: Instant
/**
 * The same seed gives the same chances. Default: the project’s name.
 */
seed?: (string | number)
/**
 * The customers’ answers, per channel. Default: none.
 */
engagement?: Engagement
}
/**
 * The customers’ answers, per channel.
 */
export interface Engagement {
[k: string]: EngagementRates
}
/**
 * The chance that a sent message is opened, and that it is clicked. A click implies an open.
 */
export interface EngagementRates {
/**
 * The chance that a sent message is opened.
 */
open?: Percent
/**
 * The chance that a sent message is clicked.
 */
click?: Percent
}
/**
 * Lint rules by name, and how severe each is.
 */
export interface Lint {
/**
 * A comment silences nothing.
 */
"unused-ignore"?: (LintSeverity & string)
/**
 * A condition always has the same result.
 */
"unreachable-step"?: (LintSeverity & string)
/**
 * A segment contains no customers, or all of them.
 */
"contradictory-segment"?: (LintSeverity & string)
/**
 * A journey ends before it can go on.
 */
"ended-before-branch"?: (LintSeverity & string)
/**
 * A yearly date starts the campaign only once.
 */
"yearly-once"?: (LintSeverity & string)
/**
 * A wait is over at once.
 */
"second-wait"?: (LintSeverity & string)
/**
 * A campaign waits for an event that never happens.
 */
"never-comes"?: (LintSeverity & string)
/**
 * A rollout leaves out present members for good.
 */
"members-left-out"?: (LintSeverity & string)
/**
 * A campaign may send a customer two messages within a day.
 */
"twice-a-day"?: (LintSeverity & string)
/**
 * The effect of a campaign cannot be measured.
 */
"no-control-arm"?: (LintSeverity & string)
/**
 * Nothing ends a campaign early.
 */
"no-exit-on-purchase"?: (LintSeverity & string)
/**
 * Marketing may be sent at night.
 */
"marketing-without-quiet-hours"?: (LintSeverity & string)
/**
 * A cascade tries a more expensive channel first.
 */
"dearer-first"?: (LintSeverity & string)
/**
 * A message can never be sent.
 */
"never-sent"?: (LintSeverity & string)
/**
 * A text prints a value that may be missing.
 */
"nullable-without-fallback"?: (LintSeverity & string)
/**
 * A step may empty an attribute.
 */
"missing-in-set"?: (LintSeverity & string)
/**
 * Nothing uses a segment.
 */
"unused-segment"?: (LintSeverity & string)
/**
 * Nothing sends a template.
 */
"unused-template"?: (LintSeverity & string)
/**
 * Nothing uses a channel.
 */
"unused-channel"?: (LintSeverity & string)
/**
 * Nothing uses a variable.
 */
"unused-variable"?: (LintSeverity & string)
/**
 * A campaign has no test.
 */
"campaign-without-test"?: (LintSeverity & string)
}
/**
 * Values by name; $name stands for them.
 */
export interface Variables {
[k: string]: Variable
}
/**
 * The customers, their events, and where both come from.
 */
export interface Data {
/**
 * The customers. Each row has an `id`.
 */
customers?: Customers
/**
 * The acts of customers. Each row has `customer` and `at`, and may have an `id`.
 */
events?: Events
/**
 * The consents to channels: rows with customer, channel, status (granted or withdrawn), at.
 */
consent?: Stream
/**
 * The fates of messages: rows with message, kind, at.
 */
feedback?: Stream
/**
 * The customers who must not be written to: rows with customer, channel (or *), reason, at.
 */
suppressions?: Stream
/**
 * The share of a data file's rows that may be lost before the file counts as one that cannot be read.
 */
tolerance?: Percent
/**
 * The purchases that rfm.recency, rfm.frequency and rfm.monetary count.
 */
rfm?: Rfm
}
/**
 * The customers and their attributes.
 */
export interface Customers {
/**
 * One file or several.
 */
from?: Sources
/**
 * `true`: the files together name every customer, and who is in none of them any more is not written to.
 */
complete?: boolean
/**
 * The columns, apart from `id`.
 */
attributes?: Fields
/**
 * Columns that say whether a customer has consented to a channel.
 */
consent?: ColumnConsents
}
/**
 * A file that is written otherwise than usual, or whose columns are called otherwise than in the model.
 */
export interface Source {
/**
 * Relative to the folder of crm.yaml.
 */
path: FilePath
/**
 * The export of a well-known product that the file is. The other keys of the source count before what the preset says.
 */
preset?: PresetName
/**
 * Column in the file → name in the model, or several names.
 */
rename?: Rename
/**
 * The encoding of the letters. Without it, it is recognised.
 */
encoding?: Encoding
/**
 * The sign that separates the cells of a CSV file. Without it, it is told from the header.
 */
delimiter?: Delimiter
/**
 * The sheet of an Excel workbook. Without it, the first one.
 */
sheet?: SheetName
/**
 * What the ids of customers in the file are, where they are addresses: then they count in one spelling.
 */
ids?: IdKind
/**
 * The time zone of its times without an offset, where it is not the project's.
 */
timezone?: Timezone
/**
 * The forms of dates and instants, tried in their order. ISO 8601 is read besides.
 */
dates?: DateForms
/**
 * The sign before the decimals of numbers in text. With it, digits may be in groups of three.
 */
decimal?: DecimalSign
/**
 * Words of the file → what they mean. Here for columns that are true or false or have fixed words, and words that mean nothing; of a column under `fields` for any.
 */
values?: ValueWords
/**
 * The notation of single columns, by their names in the model, if they differ from the rest.
 */
fields?: FieldWritings
/**
 * Only rows whose columns of the file have one of these values. The others are no rows of the source.
 */
where?: ConditionsOfRows
/**
 * No rows of which a column of the file has one of these values.
 */
unless?: ConditionsOfRows
/**
 * For JSON and Parquet: the path of a list in a row. Each of its items is a row, with what is around the list.
 */
each?: JsonPath
}
/**
 * Column in the file → name in the model, or several names.
 */
export interface Rename {
[k: string]: ColumnMeaning
}
/**
 * A word of the file, in any case of letters → what it means; an empty text means nothing.
 */
export interface ValueWords {
[k: string]: ValueWord
}
/**
 * Columns by their names in the model, and how each is written.
 */
export interface FieldWritings {
[k: string]: FieldWriting
}
/**
 * The notation of the values of a column, if it differs from the rest of the file.
 */
export interface FieldWriting {
/**
 * The forms of its dates.
 */
dates?: DateForms
/**
 * The sign before its decimals.
 */
decimal?: DecimalSign
/**
 * Its words → what they mean, besides those of the file.
 */
values?: ValueWords
/**
 * Only what stands between these two texts is the value.
 */
between?: TwoTexts
}
/**
 * Column of the file → its value, or several of which one is enough.
 */
export interface ConditionsOfRows {
[k: string]: WantedValue
}
/**
 * Name and type of each field.
 */
export interface Fields {
[k: string]: Field
}
/**
 * A field with more than a type.
 */
export interface FieldForm {
/**
 * The values that the field may hold.
 */
type: FieldType
/**
 * Personal data: never shown in plans, logs or errors. Default: true for email and phone, else false.
 */
pii?: boolean
/**
 * For people.
 */
title?: string
/**
 * The fields of each item of a list.
 */
items?: Fields
}
/**
 * Channel, or kind of channel → the column that says whether the customer has consented.
 */
export interface ColumnConsents {
[k: string]: ColumnConsent
}
/**
 * A column with the time of what it says, and another of those who have refused.
 */
export interface ConsentForm {
/**
 * The column that says yes or no.
 */
column: ConsentColumn
/**
 * The column that says since when.
 */
at?: ConsentColumn
/**
 * A column in which a value, such as the date of unsubscribing, is a withdrawal, whatever the other column says.
 */
refusal?: ConsentColumn
}
/**
 * The kinds of events.
 */
export interface Events {
[k: string]: Event
}
/**
 * A kind of event.
 */
export interface Event {
/**
 * For people.
 */
title?: string
/**
 * One file or several.
 */
from?: Sources
/**
 * The columns, apart from `id`, `customer` and `at`.
 */
fields?: Fields
}
/**
 * The long form.
 */
export interface StreamForm {
/**
 * One file or several.
 */
from: Sources
}
/**
 * Which purchases the scores count.
 */
export interface Rfm {
/**
 * The kind of event that is a purchase.
 */
event: Identifier
/**
 * The field of the event that says what it was worth.
 */
value: Identifier
/**
 * The time back to which purchases count.
 */
window?: Duration
}
/**
 * Named groups of customers.
 */
export interface Segments {
[k: string]: Segment
}
/**
 * Customers described by a condition.
 */
export interface DynamicSegment {
/**
 * For people.
 */
title?: string
/**
 * The condition on its members.
 */
where: Expression
}
/**
 * Customers listed in files, or added and removed by journeys.
 */
export interface StaticSegment {
/**
 * For people.
 */
title?: string
/**
 * That it is a list, not a condition.
 */
static: true
/**
 * One file or several, with the column `customer`.
 */
from?: Sources
}
/**
 * The ways a message can leave.
 */
export interface Channels {
[k: string]: Channel
}
/**
 * A way a message can leave.
 */
export interface Channel {
/**
 * Default: the channel’s name, where that is a kind.
 */
kind?: ChannelKind
/**
 * The way of the message: by SMTP, by HTTP, into files, or onto the screen.
 */
transport: ("smtp" | "http" | "file" | "console")
/**
 * The URL of the server, for the transports smtp and http.
 */
url?: SecretUrl
/**
 * The folder in which the file transport writes: one of the project, or a whole path to one elsewhere.
 */
directory?: string
/**
 * An address that gets all messages of the channel instead of the customers. Default: each customer gets their own.
 */
to?: string
/**
 * The sender: `Name <address>` for e-mail, a name elsewhere.
 */
from?: string
/**
 * The price of one message, in the project’s currency.
 */
price?: number
/**
 * The most messages that leave in a time. Default: as many as the transport takes.
 */
rate?: Rate
/**
 * The address of a one-click unsubscribe; the message’s id is appended as ?m=.
 */
unsubscribe?: Address
/**
 * The customer attribute that holds the address. Default: the first one of the fitting type.
 */
address?: Identifier
/**
 * True: a message whose fate a crash or Ctrl-C hid is sent again. Default: marketing no; transactional messages, webhooks and tasks yes.
 */
resend_unknown?: boolean
}
/**
 * Quiet hours, limits on how often a customer is written to, and what an apply may not do.
 */
export interface Policies {
/**
 * When nobody is written to.
 */
quiet_hours?: QuietHours
/**
 * Named limits on how often a customer is written to.
 */
caps?: Caps
/**
 * What an apply refuses unless somebody allows it.
 */
guards?: Guards
/**
 * Who must approve a plan before it is applied.
 */
approvals?: Approvals
}
/**
 * Local hours in which nobody is written to; they may cross midnight.
 */
export interface QuietHours {
/**
 * The first quiet minute.
 */
from: TimeOfDay
/**
 * The first minute that is no longer quiet.
 */
to: TimeOfDay
/**
 * hold: send at the first allowed minute; cancel: drop.
 */
otherwise?: ("hold" | "cancel")
/**
 * True: transactional messages obey too.
 */
transactional?: boolean
}
/**
 * Named limits.
 */
export interface Caps {
[k: string]: Cap
}
/**
 * At most so many marketing messages to one customer in a period.
 */
export interface Cap {
/**
 * The number of messages.
 */
max: number
/**
 * The period.
 */
per: CapWindow
/**
 * Only this channel’s messages. Default: all together.
 */
channel?: Name
/**
 * Only this campaign’s messages. Default: all together.
 */
campaign?: Name
}
/**
 * Limits of what a plan may do; beyond them an apply is refused unless it is allowed.
 */
export interface Guards {
/**
 * The most customers who may get a message within 7 days.
 */
max_recipients?: number
/**
 * The most that the messages of 7 days may cost, in the project’s currency.
 */
max_budget?: number
/**
 * How much the audience of a changed campaign may grow between plan and apply.
 */
max_audience_growth?: Percent
/**
 * When nothing is applied.
 */
no_apply?: NoApply
}
/**
 * Hours of the project’s time zone in which nothing is applied; they may cross midnight.
 */
export interface NoApply {
/**
 * The first minute in which nothing is applied.
 */
from: TimeOfDay
/**
 * The first minute in which it is possible again; the same as from: the whole day.
 */
to: TimeOfDay
/**
 * Only if the hours begin on these days. Default: every day.
 */
days?: WeekdayNames
}
/**
 * How many people, other than the authors, must approve which plans.
 */
export interface Approvals {
/**
 * The number of people.
 */
required?: number
/**
 * Which plans: with breaking changes, beyond a guard, or all that change something.
 */
for?: ApprovedPlans
/**
 * Those who may approve.
 */
approvers: Approvers
}
/**
 * Parts of the customers that get no marketing.
 */
export interface Holdouts {
[k: string]: Holdout
}
/**
 * A part of all customers that gets no marketing, so that what marketing does can be measured.
 */
export interface Holdout {
/**
 * The share of customers who are held out.
 */
share: Percent
/**
 * Another salt draws other customers. Default: the name.
 */
salt?: (string | number)
/**
 * Only from these. Default: from all marketing campaigns.
 */
campaigns?: CampaignNames
}
/**
 * Cascades by name.
 */
export interface Cascades {
[k: string]: NamedCascade
}
/**
 * Channels in order, without their templates.
 */
export interface NamedCascade {
/**
 * For people.
 */
title?: string
/**
 * Which channel is tried first.
 */
order?: (CascadeOrder & string)
/**
 * The channels.
 */
stages: NamedStages
}
/**
 * A channel, and what to wait for before the next stage.
 */
export interface NamedStage {
/**
 * The channel.
 */
channel: Name
/**
 * The reaction that stops the cascade here.
 */
until?: Reaction
/**
 * The time to wait for it.
 */
within?: Duration
}
/**
 * Journeys by name.
 */
export interface Campaigns {
[k: string]: Campaign
}
/**
 * The customers who enter, their steps, and their exits.
 */
export interface Campaign {
/**
 * For people.
 */
title?: string
/**
 * Marketing needs consent and obeys quiet hours and caps.
 */
category?: ("marketing" | "transactional")
/**
 * Higher goes first where a cap admits only some.
 */
priority?: number
/**
 * The trigger that makes a customer enter.
 */
on: Trigger
/**
 * The condition on those who enter, asked at entry.
 */
audience?: Expression
/**
 * Events that end the journey and cancel what is not sent yet.
 */
exit?: Exits
/**
 * The purpose of the campaign.
 */
goal?: Goal
/**
 * The rule by which a customer may enter again. Default: never; always for a date of every year.
 */
reenter?: Reentry
/**
 * The time after its removal in which a campaign that is put back takes its customers up again.
 */
resume_within?: Resumption
/**
 * What becomes of the customers inside when another version of the campaign is applied.
 */
in_flight?: (InFlight & string)
/**
 * Lets only a growing share of the customers enter, or enter the new version of the campaign (`change`).
 */
rollout?: Rollout
/**
 * Pauses the campaign when too many recipients unsubscribe or complain, or too many addresses do not exist.
 */
guardrails?: Guardrails
/**
 * A message not sent this long after its decision is dropped.
 */
expires?: Duration
/**
 * Steps that have another id than before: old id → new one. They keep who is inside and what was drawn for them.
 */
moved?: Moved
/**
 * The steps, in order.
 */
steps: Steps
}
/**
 * Each such event lets its customer in.
 */
export interface OnEvent {
/**
 * The kind of event.
 */
event: Identifier
/**
 * Only events for which this holds; event.<field> is the event’s.
 */
when?: Expression
/**
 * For a customer who is inside, the newest such event begins the journey anew.
 */
restart?: boolean
}
/**
 * Becoming a member lets a customer in.
 */
export interface OnSegment {
/**
 * The segment.
 */
enters: Name
/**
 * Also those who are members already when the campaign is first applied.
 */
existing?: boolean
}
/**
 * Ceasing to be a member lets a customer in.
 */
export interface OnLeaving {
/**
 * The segment.
 */
leaves: Name
}
/**
 * A date that is known of each customer lets them in.
 */
export interface OnDate {
/**
 * The customer attribute of type date.
 */
date: Identifier
/**
 * On the customer’s clock.
 */
at: TimeOfDay
/**
 * The distance from the date. Default: the day itself.
 */
offset?: DayOffset
/**
 * Every year on that day. Default: once, in the date’s own year.
 */
every?: "year"
/**
 * With every year: when 29 February is kept in the years that have none.
 */
leap_day?: ("february 28" | "march 1")
}
/**
 * That something has not happened for a time lets a customer in.
 */
export interface OnAbsence {
/**
 * The kind of event that does not come.
 */
absence: Identifier
/**
 * Only events for which this holds count; event.<field> is that event’s.
 */
when?: Expression
/**
 * For how long.
 */
for: Duration
/**
 * Counted from the latest such event. Default: from the latest event of the kind itself.
 */
after?: AbsenceAfter
}
/**
 * An event, with a condition on it.
 */
export interface EventMatch {
/**
 * The kind of event.
 */
event: Identifier
/**
 * Only events for which this holds; event.<field> is that event’s.
 */
when?: Expression
}
/**
 * At each of these times the whole audience enters.
 */
export interface OnSchedule {
/**
 * When.
 */
schedule: Schedule
/**
 * In whose time zone.
 */
zone?: ("project" | "customer")
}
/**
 * Nobody enters until somebody says `crm launch`; then the whole audience does.
 */
export interface OnLaunch {
/**
 * Started by hand, by `crm launch`.
 */
launch: "manual"
}
/**
 * The event the campaign is for.
 */
export interface Goal {
/**
 * The kind of event.
 */
event: Identifier
/**
 * Only events for which this holds; event.<field> is that event’s.
 */
when?: Expression
/**
 * Counted from the entry.
 */
within: Duration
/**
 * The worth of a conversion, as event.total.
 */
value?: Expression
}
/**
 * The new version of a campaign is given to a growing share of those who enter; the others enter the version before.
 */
export interface RolloutForm {
/**
 * The stages by which each change of the campaign is given to those who enter.
 */
change: RolloutStages
}
/**
 * Shares of the messages that have left; above one of them the campaign is paused.
 */
export interface Guardrails {
/**
 * Messages whose recipients unsubscribed.
 */
unsubscribed?: Percent
/**
 * Messages that were reported as spam.
 */
complained?: Percent
/**
 * Messages whose address does not exist.
 */
bounced?: Percent
/**
 * With fewer messages nothing is judged.
 */
min_messages?: number
/**
 * Messages count that left in this time before the tick.
 */
within?: Duration
}
/**
 * Old id → new id.
 */
export interface Moved {
[k: string]: StepId
}
/**
 * Lets time pass.
 */
export interface WaitStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * For a duration, until a time of day, or for an event.
 */
wait: Wait
/**
 * The steps if the awaited event came.
 */
then?: Steps
/**
 * The steps if it did not come in time.
 */
else?: Steps
}
/**
 * Until the next time it is this late where the customer lives.
 */
export interface WaitUntil {
/**
 * A time of day, or days of the week and a time, on the customer’s clock.
 */
until: ClockTime
}
/**
 * Until the customer does something, or the time is over.
 */
export interface WaitEvent {
/**
 * The kind of event.
 */
event: Identifier
/**
 * Only events for which this holds; event.<field> is the awaited event’s.
 */
when?: Expression
/**
 * The time to wait for it.
 */
within: Duration
}
/**
 * Sends one message.
 */
export interface SendStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * Channel and template.
 */
send: SentMessage
}
/**
 * One channel and its template, and the variants of the template of which each customer gets one.
 */
export interface SentMessage {
/**
 * The variants of the template that are compared. Each customer is drawn one, for good.
 */
variants?: DrawnVariants
/**
 * When one of them takes all customers.
 */
decide?: Decide
/**
 * The one that all customers get who come here from now on.
 */
winner?: Name
[k: string]: TemplateName | DrawnVariants | Decide | Name | undefined
}
/**
 * Variants by name, two or more; `plain` is the template itself.
 */
export interface DrawnVariants {
[k: string]: DrawnVariant
}
/**
 * A share of the customers.
 */
export interface DrawnVariant {
/**
 * The share of the customers who get it. Default: an equal part of what the others leave.
 */
share?: Percent
}
/**
 * When an arm or a variant is so certainly better than the one it is compared with that it takes all customers. `crm decide` writes the change.
 */
export interface Decide {
/**
 * The difference is certain, however often one looks.
 */
when: "significant"
/**
 * What is compared: the share of customers who reach the goal, or the revenue of one.
 */
by?: ("conversion" | "revenue")
/**
 * The time from the first customer on after which `otherwise` holds.
 */
within?: Duration
/**
 * What holds if nothing is certain by then: keep the shares as they are (`keep`), or give all customers this arm or variant.
 */
otherwise?: Name
}
/**
 * Tries channels one after the other until the customer reacts.
 */
export interface CascadeStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * The channels in order, or the name of a cascade.
 */
cascade: Cascade
}
/**
 * Channel and template, and what to wait for before the next stage.
 */
export interface Stage {
/**
 * The reaction that stops the cascade here.
 */
until?: Reaction
/**
 * The time to wait for it.
 */
within?: Duration
[k: string]: TemplateName | Reaction | Duration | undefined
}
/**
 * Stages and their order.
 */
export interface CascadeForm {
/**
 * Which channel is tried first.
 */
order?: (CascadeOrder & string)
/**
 * The channels.
 */
stages: Stages
}
/**
 * A cascade of the section cascades, with a template.
 */
export interface CascadeUse {
/**
 * The cascade.
 */
use: Name
/**
 * The template; it is there for each of the channels.
 */
template: TemplateName
/**
 * Another order than the cascade has itself.
 */
order?: CascadeOrder
}
/**
 * Divides the customers at random, for good.
 */
export interface SplitStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * The arms.
 */
split: Split
}
/**
 * Arms with shares that sum to 100%.
 */
export interface Split {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * True: a customer who comes again gets the same arm; false: they are drawn anew.
 */
sticky?: boolean
/**
 * When one of them takes all customers.
 */
decide?: Decide
/**
 * The one that all customers get who come here from now on.
 */
winner?: Name
/**
 * Arms by name, two or more.
 */
arms: Arms
}
/**
 * Arms by name, two or more.
 */
export interface Arms {
[k: string]: Arm
}
/**
 * A share of the customers and what they get.
 */
export interface Arm {
/**
 * The share of the customers who come here.
 */
share: Percent
/**
 * Gets nothing: the arm that measures the effect. Default: true for an arm named control.
 */
control?: boolean
/**
 * The steps of this arm.
 */
steps?: ArmSteps
}
/**
 * Goes one way or the other.
 */
export interface IfStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * The condition, asked when the customer comes here.
 */
if: Expression
/**
 * The steps if it holds.
 */
then: Steps
/**
 * The steps if it does not.
 */
else?: Steps
}
/**
 * Writes to the customer.
 */
export interface SetStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * Attribute → new value.
 */
set: Assignments
}
/**
 * Attribute → new value: a text for a text, else an expression.
 */
export interface Assignments {
[k: string]: NewValue
}
/**
 * Puts the customer into a static segment.
 */
export interface AddStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * The segment.
 */
add_to: Name
}
/**
 * Takes the customer out of a static segment.
 */
export interface RemoveStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * The segment.
 */
remove_from: Name
}
/**
 * Tells another system who came here.
 */
export interface WebhookStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * Channel, and what to tell besides who it is.
 */
webhook: Notification
}
/**
 * One channel and a list of fields.
 */
export interface Notification {
[k: string]: ToldFields
}
/**
 * Gives the staff something to do.
 */
export interface TaskStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * Channel and template.
 */
task: Message
}
/**
 * One channel and its template.
 */
export interface Message {
[k: string]: TemplateName
}
/**
 * Ends the journey.
 */
export interface ExitStep {
/**
 * Stable name of the step. Default: its kind and position.
 */
id?: Name
/**
 * The reason, for reports.
 */
exit: (string | null)
}
/**
 * Tests of campaigns by name.
 */
export interface Tests {
[k: string]: Test
}
/**
 * A campaign on a small world of its own, and what is expected of it.
 */
export interface Test {
/**
 * For people.
 */
title?: string
/**
 * The campaign that runs. No other one does.
 */
campaign: Name
/**
 * When it begins.
 */
start: Instant
/**
 * The time that it lasts. Default: until nothing more is due, at most 400 days.
 */
lasts?: Duration
/**
 * Into which arm of a split these customers fall, by the split’s id.
 */
arms?: TestArms
/**
 * The customers of the test.
 */
customers: TestCustomers
/**
 * Their acts.
 */
events?: TestEvents
/**
 * Their answers to messages.
 */
reactions?: TestReactions
/**
 * When the campaign is launched by hand.
 */
launches?: Offsets
/**
 * The expected result.
 */
expect: Expectation
}
/**
 * Arms by the ids of their splits.
 */
export interface TestArms {
[k: string]: Name
}
/**
 * An id, and values of attributes.
 */
export interface TestCustomer {
/**
 * The customer’s id.
 */
id: string
/**
 * The channels that the customer has agreed to.
 */
consent?: ChannelNames
/**
 * The static segments that the customer is in at the start.
 */
segments?: SegmentNames
[k: string]: TestValue | string | ChannelNames | SegmentNames | undefined
}
/**
 * Values of fields.
 */
export interface TestValues {
[k: string]: TestValue
}
/**
 * When, who, and the kind of event with its fields.
 */
export interface TestEvent {
/**
 * When; before the start it is history.
 */
at: Offset
/**
 * The id of the customer.
 */
customer: string
[k: string]: TestFields | Offset | string
}
/**
 * When, who, and what to the latest message through which channel.
 */
export interface TestReaction {
/**
 * When.
 */
at: Offset
/**
 * The id of the customer.
 */
customer: string
/**
 * The channel whose message has come.
 */
delivered?: Name
/**
 * The channel whose message is opened.
 */
opened?: Name
/**
 * The channel whose message is clicked.
 */
clicked?: Name
/**
 * The channel whose message comes back.
 */
bounced?: Name
/**
 * The channel whose message is complained about.
 */
complained?: Name
/**
 * The channel whose message the customer unsubscribes by.
 */
unsubscribed?: Name
}
/**
 * A given key is complete and in order; an absent one is not asked.
 */
export interface Expectation {
/**
 * Every message: that leaves, or, where any is said to be refused, that is refused.
 */
messages?: ExpectedMessages
/**
 * Every customer who leaves the campaign, and why.
 */
exits?: ExpectedExits
/**
 * Attributes at the end.
 */
customers?: ExpectedCustomers
}
/**
 * Channel and template, or `webhook` and its channel; and what is asked of it.
 */
export interface ExpectedMessage {
/**
 * When it leaves.
 */
at?: Offset
/**
 * To whom.
 */
customer?: string
/**
 * The reason for which it does not leave.
 */
refused?: string
/**
 * Parts of its text, the subject included.
 */
contains?: TextParts
[k: string]: ExpectedName | Offset | string | TextParts | undefined
}
/**
 * The customers who leave, and the reasons.
 */
export interface ExpectedExit {
/**
 * The id of the customer.
 */
customer: string
/**
 * Why: completed, exit-event, goal, control, restarted, or what an exit step says.
 */
reason: string
/**
 * When.
 */
at?: Offset
}
/**
 * An id, and values of attributes at the end.
 */
export interface ExpectedCustomer {
/**
 * The customer’s id.
 */
id: string
[k: string]: TestValue | string
}
