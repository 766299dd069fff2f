/**
 * Does the work for each index from 0 to `count`, at most `most` at once. After a failure nothing new begins.
 *
 * @throws the first failure, when all that had begun has ended
 */
export async function inLanes(count: number, most: number, work: (index: number) => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  let next = 0
  const lane = async () => {
    while (next < count && failures.length === 0) await work(next++).catch((error) => failures.push(error))
  }
  await Promise.all(Array.from({ length: Math.min(most, count) }, lane))
  if (failures.length > 0) throw failures[0]
}
