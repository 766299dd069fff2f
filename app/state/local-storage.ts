const PREFIX = 'darkroom.'

/** What was remembered; undefined when nothing was, or when the browser does not let us look. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Forgetting is better than failing: storage can be full or forbidden. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {}
}
