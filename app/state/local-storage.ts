const PREFIX = 'darkroom.'

/**
 * What was remembered; undefined when nothing was, or when the browser does not let us look.
 *
 * @param ofTab what this tab itself has chosen goes before what any has
 */
export function recall(key: string, ofTab = false): unknown {
  try {
    const own = ofTab ? sessionStorage.getItem(PREFIX + key) : null
    return JSON.parse(own ?? localStorage.getItem(PREFIX + key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Forgetting is better than failing: storage can be full or forbidden. */
export function remember(key: string, value: unknown, ofTab = false): void {
  try {
    if (ofTab) sessionStorage.setItem(PREFIX + key, JSON.stringify(value))
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {}
}
