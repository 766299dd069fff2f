import type { Slot, Spec } from '../core/operator'
import { flagOf } from './flags'
import { expandPatterns, type InputFile, inputFile, STANDARD } from './input-file'
import { UsageError } from './usage-error'

/** What one run works on; `of` is the file that its results are named after. */
export interface PlannedRun {
  readonly of: InputFile
  readonly files: Readonly<Record<string, InputFile>>
}

/**
 * Which files go into which run. With all other files named by flags, each file is a run of its own; without, the files
 * are those of one run, in the order of its slots.
 *
 * @param given files as they were named, patterns among them
 * @param slots files that were named by flags
 * @throws UsageError
 */
export async function planRuns(
  spec: Spec,
  given: readonly string[],
  slots: Readonly<Record<string, string>>,
  cwd: string,
): Promise<PlannedRun[]> {
  const names = [...(await expandPatterns(given, cwd)), ...Object.values(slots)]
  if (names.filter((name) => name === STANDARD).length > 1)
    throw new UsageError('Only one file can be the standard input')
  const named = Object.fromEntries(
    await Promise.all(Object.entries(slots).map(async ([slot, name]) => [slot, await inputFile(name, cwd)] as const)),
  )
  const files = await Promise.all(
    names.slice(0, names.length - Object.keys(slots).length).map((one) => inputFile(one, cwd)),
  )
  const open = spec.inputs.filter(({ name, optional }) => !optional && !(name in named))
  if (open.length === 1) return eachAlone(open[0], files, named, spec)
  if (open.length === 0 && files.length === 0) return [{ of: named[spec.batch], files: named }]
  if (files.length !== open.length) throw new UsageError(expectation(open, files.length))
  const all = { ...named, ...Object.fromEntries(open.map(({ name }, i) => [name, files[i]])) }
  return [{ of: all[spec.batch], files: all }]
}

function eachAlone(
  slot: Slot,
  files: readonly InputFile[],
  named: Record<string, InputFile>,
  spec: Spec,
): PlannedRun[] {
  if (files.length === 0) throw new UsageError(expectation([slot], 0))
  // Where the one that is still open is not what differs from run to run, there is one run.
  if (slot.name !== spec.batch && files.length > 1) throw new UsageError(expectation([slot], files.length))
  return files.map((file) => {
    const all = { ...named, [slot.name]: file }
    return { of: all[spec.batch] ?? file, files: all }
  })
}

function expectation(open: readonly Slot[], found: number): string {
  const wanted = open.map(({ name, title }) => `${title.toLowerCase()} (or --${flagOf(name)})`).join(', then ')
  return open.length === 0 ? 'All files are named by flags already' : `Name ${wanted}; not ${found} files`
}
