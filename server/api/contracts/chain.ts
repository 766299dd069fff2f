interface Step {
  readonly result_files?: readonly string[]
}

/** What a chain found, with the files of its steps as the contract names files: a tool knows only their names. */
export const withPaths = (data: Record<string, unknown>, uid: string): Record<string, unknown> =>
  withFiles(data, (name) => encodeURI(`results/${uid}/${name}`))

/** The way back: what the tool itself answered, wherever it ran. */
export const withNames = (data: Record<string, unknown>): Record<string, unknown> =>
  withFiles(data, (path) => decodeURI(path.slice(path.lastIndexOf('/') + 1)))

/** The data of any other tool stays as it is. */
function withFiles(data: Record<string, unknown>, change: (file: string) => string): Record<string, unknown> {
  if (!isChain(data)) return data
  const steps = data.steps.map((step) =>
    step.result_files ? { ...step, result_files: step.result_files.map(change) } : step,
  )
  return { ...data, steps }
}

const isChain = (data: Record<string, unknown>): data is { steps: readonly Step[] } =>
  'chain_result' in data && Array.isArray(data.steps)
