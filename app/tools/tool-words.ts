import type { Locale } from '../../core/text'
import type { ToolCard } from './card'

export interface ToolWords {
  readonly title: string
  readonly summary: string
  /** The words for a slot, artefact, layer, sample or result field, by name or English title. */
  label(name: string, english: string): string
  field(name: string): { readonly title: string; readonly help?: string }
}

/** A tool's words in one language; whatever it lacks there stays English. */
export function toolWords(card: ToolCard, locale: Locale): ToolWords {
  const text = locale === 'en' ? undefined : card.text[locale]
  return {
    title: text?.title ?? card.title,
    summary: text?.summary ?? card.summary,
    label: (name, english) => text?.labels?.[name] ?? text?.labels?.[english] ?? english,
    field: (name) => text?.params?.[name] ?? card.fields.find((field) => field.name === name) ?? { title: name },
  }
}
