const urls = new WeakMap<Blob, string>()
const collected = new FinalizationRegistry<string>((url) => URL.revokeObjectURL(url))

/** An address for a blob. It lives as long as the blob does, so nobody has to remember to release it. */
export function objectUrl(blob: Blob): string {
  const known = urls.get(blob)
  if (known) return known
  const url = URL.createObjectURL(blob)
  urls.set(blob, url)
  collected.register(blob, url)
  return url
}
