import type { Model } from '../model/model.ts';
import type { Definitions } from './truth/read.ts';

/** The conditions of the segments that have one. */
export function conditionsOf(model: Model): Definitions {
  return new Map(model.segments.flatMap((segment) => ('where' in segment ? [[segment.name, segment.where]] : [])));
}
