import type { TemplateVariant } from '../../../spec/model/template.ts';

/** The variant for a locale: exact, its language, the project's, the one for everybody, the first by name. */
export function chooseVariant(
  variants: readonly TemplateVariant[],
  wanted: string | null,
  projectLocale: string,
): TemplateVariant | undefined {
  const wishes = [...(wanted ? widening(wanted) : []), ...widening(projectLocale), undefined];
  for (const wish of wishes) {
    const found = variants.find(({ locale }) => locale?.toLowerCase() === wish);
    if (found) return found;
  }
  return variants.toSorted((a, b) => ((a.locale ?? '') < (b.locale ?? '') ? -1 : 1))[0];
}

/** `zh-Hant-TW` → itself, `zh-Hant`, `zh`; in lower case, in which locales are compared. */
function widening(locale: string): string[] {
  const parts = locale.toLowerCase().replaceAll('_', '-').split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}
