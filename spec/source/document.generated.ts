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
 * A date and a time with their offset from UTC.
 */
export type Instant = string
/**
 * A number from 0 to 100, with at most two decimals, and the percent sign.
 */
export type Percent = string
/**
 * A path, a map with path and rename, or a list of these.
 */
export type Sources = (FilePath | Source | SourceList)
/**
 * Relative to the folder of crm.yaml: .csv, .txt, .jsonl or .ndjson.
 */
export type FilePath = string
/**
 * Latin letters, digits and underscores, not starting with a digit.
 */
export type Identifier = string
/**
 * A path, or a map with path and rename.
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
 * What the field may hold.
 */
export type FieldType = ("string" | "integer" | "number" | "money" | "boolean" | "date" | "instant" | "email" | "phone" | "timezone" | "locale" | "list")
/**
 * A path, a list, or a map with from.
 */
export type Stream = (FilePath | SourceList | StreamForm)
/**
 * A condition or a value over the customer, the events and the event that started the journey.
 */
export type Expression = string
/**
 * What the message is.
 */
export type ChannelKind = ("email" | "sms" | "push" | "messenger")
/**
 * env:NAME or file:PATH, or a URL that holds no password.
 */
export type SecretUrl = string
/**
 * How many messages may leave per second, minute or hour.
 */
export type Rate = string
/**
 * Where it leads, beginning with https:// or http://.
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
 * An event, entering a segment, or a schedule.
 */
export type Trigger = (OnEvent | OnSegment | OnSchedule)
/**
 * Five fields of cron, or words: every hour, every day at …, every monday and thursday at …, every month on day … at ….
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
 * Whether a customer who has been in the campaign may enter again.
 */
export type Reentry = string
/**
 * One of wait, send, cascade, split, if, exit.
 */
export type Step = (WaitStep | SendStep | CascadeStep | SplitStep | IfStep | ExitStep)
/**
 * A duration, or a map with until.
 */
export type Wait = (Duration | WaitUntil)
/**
 * The part of templates/<name>.<channel>.hbs before the channel.
 */
export type TemplateName = string
/**
 * What the customer has to do for the cascade to stop.
 */
export type Reaction = ("delivered" | "opened" | "clicked")
/**
 * The channels, in order.
 * 
 * @minItems 1
 */
export type Stages = Stage[]
/**
 * What happens, in order; may be empty.
 */
export type ArmSteps = Step[]
/**
 * What happens, in order.
 * 
 * @minItems 1
 */
export type Steps = Step[]

/**
 * Customer campaigns as code: crm.yaml and every *.crm.yaml of a project.
 */
export interface CrmFile {
/**
 * What holds for the whole project. Stands in crm.yaml only.
 */
project?: Project
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
 * Quiet hours and limits on how often a customer is written to.
 */
policies?: Policies
/**
 * Journeys: who enters, what happens to them, when they leave.
 */
campaigns?: Campaigns
}
/**
 * What holds for the whole project.
 */
export interface Project {
/**
 * How the project is called in plans and reports.
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
 * Of money in the data and of prices.
 */
currency: Currency
/**
 * The grid on which things happen. Divides an hour evenly, or is whole hours.
 */
tick?: Duration
/**
 * How often segments are evaluated: a multiple of the tick.
 */
segments_refresh?: Duration
/**
 * Where the embedded store lives, relative to crm.yaml.
 */
store?: string
/**
 * What a simulation and a plan’s forecast assume.
 */
simulation?: Simulation
}
/**
 * What a simulation and a plan’s forecast assume.
 */
export interface Simulation {
/**
 * Where the virtual clock starts. Default: now.
 */
from?: Instant
/**
 * The same seed gives the same chances. Default: the project’s name.
 */
seed?: (string | number)
/**
 * How customers answer, per channel. Default: not at all.
 */
engagement?: Engagement
}
/**
 * How customers answer, per channel.
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
 * The customers, their events, and where both come from.
 */
export interface Data {
/**
 * The customers. Each row has an `id`.
 */
customers?: Customers
/**
 * What customers do. Each row has `customer` and `at`, and may have an `id`.
 */
events?: Events
/**
 * Who has agreed to which channel: rows with customer, channel, status (granted or withdrawn), at.
 */
consent?: Stream
/**
 * What became of messages: rows with message, kind, at.
 */
feedback?: Stream
/**
 * Who must not be written to: rows with customer, channel (or *), reason, at.
 */
suppressions?: Stream
/**
 * What rfm.recency, rfm.frequency and rfm.monetary count.
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
 * The columns, apart from `id`.
 */
attributes?: Fields
}
/**
 * A file whose columns are called otherwise than in the model.
 */
export interface Source {
/**
 * Relative to the folder of crm.yaml.
 */
path: FilePath
/**
 * Column in the file → name in the model.
 */
rename?: Rename
}
/**
 * Column in the file → name in the model.
 */
export interface Rename {
[k: string]: Identifier
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
 * What the field may hold.
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
 * How far back purchases count.
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
 * A group of customers described by a condition.
 */
export interface Segment {
/**
 * For people.
 */
title?: string
/**
 * Who belongs to it.
 */
where: Expression
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
 * How the message leaves: by SMTP, into files, or onto the screen.
 */
transport: ("smtp" | "file" | "console")
/**
 * Of the SMTP server.
 */
url?: SecretUrl
/**
 * Where the file transport writes, relative to crm.yaml.
 */
directory?: string
/**
 * The sender: `Name <address>` for e-mail, a name elsewhere.
 */
from?: string
/**
 * Of one message, in the project’s currency.
 */
price?: number
/**
 * How fast messages may leave. Default: as fast as the transport takes them.
 */
rate?: Rate
/**
 * Where a one-click unsubscribe leads; the message’s id is appended as ?m=.
 */
unsubscribe?: Address
/**
 * The customer attribute that holds the address. Default: the first one of the fitting type.
 */
address?: Identifier
/**
 * Whether to send again a message whose fate a crash hid. Default: marketing no, transactional yes.
 */
resend_unknown?: boolean
}
/**
 * Quiet hours and limits on how often a customer is written to.
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
 * Whether transactional messages obey too.
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
 * How many messages.
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
 * Journeys by name.
 */
export interface Campaigns {
[k: string]: Campaign
}
/**
 * Who enters, what happens to them, when they leave.
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
 * What makes a customer enter.
 */
on: Trigger
/**
 * Who may enter, asked at entry.
 */
audience?: Expression
/**
 * Events that end the journey and cancel what is not sent yet.
 */
exit?: Exits
/**
 * What the campaign is for.
 */
goal?: Goal
/**
 * Whether a customer may enter again.
 */
reenter?: Reentry
/**
 * A message not sent this long after its decision is dropped.
 */
expires?: Duration
/**
 * What happens, in order.
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
 * What a conversion is worth, as event.total.
 */
value?: Expression
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
 * For a duration, or until a time of day.
 */
wait: Wait
}
/**
 * Until the next time it is this late where the customer lives.
 */
export interface WaitUntil {
/**
 * On the customer’s clock.
 */
until: TimeOfDay
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
send: Message
}
/**
 * One channel and its template.
 */
export interface Message {
[k: string]: TemplateName
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
 * The channels, in order.
 */
cascade: Stages
}
/**
 * Channel and template, and what to wait for before the next stage.
 */
export interface Stage {
/**
 * What stops the cascade here.
 */
until?: Reaction
/**
 * How long to wait for it.
 */
within?: Duration
[k: string]: TemplateName | Reaction | Duration | undefined
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
 * Arms by name.
 */
arms: Arms
}
/**
 * Arms by name.
 */
export interface Arms {
[k: string]: Arm
}
/**
 * A share of the customers and what they get.
 */
export interface Arm {
/**
 * Of the customers who come here.
 */
share: Percent
/**
 * Gets nothing: the arm that measures the effect. Default: true for an arm named control.
 */
control?: boolean
/**
 * What this arm gets.
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
 * Where it holds.
 */
then: Steps
/**
 * Where it does not.
 */
else?: Steps
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
