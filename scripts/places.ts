import { createReport } from '../spec/diagnostics/report.ts';
import { chooseBranch } from '../spec/document/branch.ts';
import type { ParsedFile } from '../spec/document/parsed-file.ts';
import { Place } from '../spec/document/place.ts';
import { definitionOf, referenceOf } from '../spec/document/schema.ts';

/** The parts of a file, found by the definitions of the schema that it follows. */
export interface Followed {
  /** The places that follow each definition. */
  places: Map<string, Place[]>;
  /** `definition.key`, for every known key that is written. */
  keys: Set<string>;
}

/** Goes through a right file from the definition of the whole. */
export function follow(definition: string, file: ParsedFile, found: Followed): void {
  visit(definition, file.value, new Place(file), found);
}

function visit(name: string, value: unknown, place: Place, found: Followed): void {
  found.places.set(name, [...(found.places.get(name) ?? []), place]);
  const definition = definitionOf(name);
  if (definition.oneOf) {
    const branch = chooseBranch(definition, value, place, createReport());
    if (branch !== undefined) visit(branch, value, place, found);
    return;
  }
  if (Array.isArray(value)) {
    const item = referenceOf(definition.items);
    for (const [index, one] of value.entries()) if (item !== undefined) visit(item, one, place.at(index), found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const known = definition.properties?.[key];
    const names = referenceOf(definition.propertyNames);
    if (known) found.keys.add(`${name}.${key}`);
    else if (names !== undefined) found.places.set(names, [...(found.places.get(names) ?? []), place.at(key)]);
    const subschema = known ?? definition.additionalProperties;
    const target = typeof subschema === 'object' ? referenceOf(subschema) : undefined;
    if (target !== undefined) visit(target, inner, place.at(key), found);
  }
}
