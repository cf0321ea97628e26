import type { CrmFile } from './document.generated.ts';
import type { Loose } from './loose.ts';
import type { Place } from './place.ts';

/** A file of resources whose values follow the schema. */
export interface StructuredFile {
  value: Loose<CrmFile>;
  place: Place;
}
