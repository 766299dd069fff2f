/** A threshold, and what comes of it. */
export interface OperatingPoint {
  /** Least cosine of two aligned faces that are said to show one person. */
  readonly threshold: number
  /** Share of pairs of different people that reach it. */
  readonly falseMatchRate: number
  /** Share of pairs of one person that reach it. */
  readonly trueMatchRate: number
}

export const MEASURED_ON =
  'all pairs within each of two labelled sets: 400 grey portraits of 40 people (ORL) and 40 stills of 8 (face-api.js)'

/** By model, loosest first; measured by `npm run bench faces`. */
const POINTS: Readonly<Record<string, readonly OperatingPoint[]>> = {
  'faceplugin-fr-feature': [
    { threshold: 0.21, falseMatchRate: 0.0986, trueMatchRate: 1 },
    { threshold: 0.33, falseMatchRate: 0.0099, trueMatchRate: 0.9995 },
    { threshold: 0.402, falseMatchRate: 0.0009, trueMatchRate: 0.9973 },
  ],
}

/**
 * The loosest threshold that keeps to a rate of false matches; the strictest measured when none does.
 *
 * @returns undefined for a model that nobody has measured
 */
export function operatingPoint(model: string, mostFalseMatches: number): OperatingPoint | undefined {
  const points = POINTS[model]
  return points?.find(({ falseMatchRate }) => falseMatchRate <= mostFalseMatches) ?? points?.at(-1)
}
