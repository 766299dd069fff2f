/** Languages of the page, in menu order; English is what specs are written in. */
export const LOCALES = ['en', 'ru', 'zh'] as const
export type Locale = (typeof LOCALES)[number]

/** A tool's words in one language. Anything left out stays English. */
export interface ToolText {
  readonly title?: string
  readonly summary?: string
  /** By slot or artefact name, field of `result_data`, or any English title or help text of the spec that is no parameter's. */
  readonly labels?: Readonly<Record<string, string>>
  /** By parameter name: title, and help where it has one. */
  readonly params?: Readonly<Record<string, { readonly title: string; readonly help?: string }>>
}

export type SpecText = Readonly<Partial<Record<Exclude<Locale, 'en'>, ToolText>>>
