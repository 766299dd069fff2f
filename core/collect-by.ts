/** Things by a key of theirs, in the order in which they come. */
export function collectBy<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
  const collected = new Map<K, T[]>()
  for (const thing of things) {
    const key = keyOf(thing)
    const same = collected.get(key)
    if (same) same.push(thing)
    else collected.set(key, [thing])
  }
  return collected
}
