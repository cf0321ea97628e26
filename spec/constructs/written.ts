import { Document, type Node, visit } from 'yaml';
import type * as written from '../document/document.generated.ts';
import { escapedText } from '../document/variables.ts';
import type { Model } from '../model/model.ts';
import { writtenCampaign } from './campaigns.ts';
import { writtenChannel } from './channels/channels.ts';
import { named } from './contents.ts';
import { writtenData } from './data.ts';
import { writtenHoldout } from './holdouts.ts';
import { hasPolicies, writtenPolicies } from './policies.ts';
import { writtenProject } from './project.ts';
import { writtenRfm } from './rfm.ts';
import { writtenSegment } from './segments.ts';
import { writtenNamedCascade } from './steps/cascades.ts';
import { writtenTest } from './tests/tests.ts';

/** Returns the files of a Model as a person would write them, its templates apart. Reading it gives an equal Model. */
export function writtenModel(model: Model): written.CrmFile {
  const { project, data, rfm, cascades, segments, channels, policies, campaigns, holdouts, tests, variables } = model;
  return {
    project: { ...writtenProject(project), ...(model.lint && { lint: model.lint }) },
    ...(Object.keys(variables).length > 0 && { variables }),
    data: { ...writtenData(data), ...(rfm && { rfm: writtenRfm(rfm) }) },
    ...(segments.length > 0 && { segments: named(segments, writtenSegment) }),
    ...(channels.length > 0 && { channels: named(channels, writtenChannel) }),
    ...(hasPolicies(policies) && { policies: writtenPolicies(policies) }),
    ...(holdouts.length > 0 && { holdouts: named(holdouts, writtenHoldout) }),
    ...(cascades.length > 0 && { cascades: named(cascades, writtenNamedCascade) }),
    ...(campaigns.length > 0 && { campaigns: named(campaigns, writtenCampaign) }),
    ...(tests.length > 0 && { tests: named(tests, writtenTest) }),
  };
}

/** The same as a tree that both surfaces can print. */
export function writtenTree(file: written.CrmFile): Node | null {
  const document = new Document(file);
  visit(document, {
    Scalar(key, node) {
      // Texts that begin as variables do would be taken for them.
      if (key !== 'key' && typeof node.value === 'string') node.value = escapedText(node.value);
    },
  });
  return document.contents as Node | null;
}
