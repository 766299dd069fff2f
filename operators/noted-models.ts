import type { ModelRunner } from '../core/ports'

/** The same models, and afterwards why those that ran did not run on a better backend. */
export function notedModels(models: ModelRunner): { readonly models: ModelRunner; note(): string | undefined } {
  const used = new Set<string>()
  return {
    models: {
      run: (model, feeds) => {
        used.add(model)
        return models.run(model, feeds)
      },
      has: (model) => models.has(model),
      backend: (model) => models.backend(model),
      loadMs: () => models.loadMs(),
    },
    note() {
      const notes = [...used].map((model) => models.backend(model)?.note)
      return [...new Set(notes.filter((note) => note !== undefined))].join(' ') || undefined
    },
  }
}
