/**
 * Why something failed, for clients: of an error of the system or of npm only its code, since its message names paths
 * and addresses of this server.
 */
export function reasonOf(error: unknown): string {
  const innermost = causeOf(error)
  if (!(innermost instanceof Error)) return 'it is not known why'
  return 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : innermost.message
}

/** The same in full, for whoever runs this server. */
export function detailsOf(error: unknown): string[] {
  const innermost = causeOf(error)
  if (innermost instanceof AggregateError) return innermost.errors.flatMap(detailsOf)
  return [innermost instanceof Error ? innermost.message : String(innermost)]
}

/** undici says only "fetch failed" and keeps why in the cause. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? causeOf(error.cause) : error
