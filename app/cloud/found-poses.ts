/** 4×4, rows first. */
export type Matrix = readonly (readonly number[])[]

/** How a pose came about, in the order of the search. */
export const STAGES = ['voted', 'clustered', 'verified', 'refined'] as const
export type Stage = (typeof STAGES)[number]

export interface FoundPose {
  readonly matrix: Matrix
  /** 0..1 */
  readonly score: number
  readonly residual: number
  /** What it was at each stage, where the tool tells. */
  readonly stages: Readonly<Partial<Record<Stage, Matrix>>>
}

type Data = Readonly<Record<string, unknown>>

/** The poses in `result_data`, best first; what is no pose is left out. */
export function foundPoses({ poses }: Data): FoundPose[] {
  if (!Array.isArray(poses)) return []
  return poses.filter(isPose).map(({ matrix, score, residual, stages }) => ({
    ...{ matrix, score, residual },
    stages: { ...stages, refined: matrix },
  }))
}

/** A list of numbers in `result_data`; empty when it is not there. */
export function numbersOf(data: Data, field: string): readonly number[] {
  const value = data[field]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : []
}

function isPose(value: unknown): value is FoundPose {
  return typeof value === 'object' && value !== null && 'matrix' in value && Array.isArray(value.matrix)
}
