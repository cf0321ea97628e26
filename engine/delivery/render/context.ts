type Data = Record<string, unknown>;

/** The names that a template sees at its root, and no others. */
export class Context {
  customer: Data;
  event: Data;
  project: object;
  var: object;
  message: object;
  unsubscribe_url: string | null;
  /** True at the name of the variant that the template is. */
  variant: Readonly<Record<string, boolean>>;
  /** Known only when the subject and the preheader itself have been rendered. */
  preheader = '';

  constructor(
    customer: Data,
    event: Data,
    { project, variables }: Fixed,
    { message, unsubscribe_url }: Origin,
    variant: Context['variant'],
  ) {
    this.customer = customer;
    this.event = event;
    this.project = project;
    this.var = variables;
    this.message = message;
    this.unsubscribe_url = unsubscribe_url;
    this.variant = variant;
  }
}

/** The same for all messages. */
export interface Fixed {
  project: object;
  variables: object;
}

interface Origin {
  message: object;
  unsubscribe_url: string | null;
}

// Nothing inherited. An object made with a null prototype would do too, but V8 reads those slowly.
Reflect.deleteProperty(Context.prototype, 'constructor');
Object.setPrototypeOf(Context.prototype, null);
