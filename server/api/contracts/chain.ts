import * as z from 'zod'

const Steps = z.looseObject({ steps: z.array(z.looseObject({ result_files: z.array(z.string()).optional() })) })

/** What a chain found, with the files of its steps as the contract names files: a tool knows only their names. */
export const withPaths = (data: Record<string, unknown>, uid: string): Record<string, unknown> =>
  withFiles(data, (name) => encodeURI(`results/${uid}/${name}`))

/** The way back: what the tool itself answered, wherever it ran. */
export const withNames = (data: Record<string, unknown>): Record<string, unknown> =>
  withFiles(data, (path) => decodeURI(path.slice(path.lastIndexOf('/') + 1)))

/** The data of any other tool stays as it is. */
function withFiles(data: Record<string, unknown>, change: (file: string) => string): Record<string, unknown> {
  const chain = Steps.safeParse(data)
  if (!chain.success) return data
  const steps = chain.data.steps.map((step) => ({
    ...step,
    ...(step.result_files && { result_files: step.result_files.map(change) }),
  }))
  return { ...data, steps }
}
