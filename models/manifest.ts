/** A model that tools may name. The list is empty until a tool needs one. */
export interface ModelEntry {
  readonly id: string
}

export const manifest: readonly ModelEntry[] = []
