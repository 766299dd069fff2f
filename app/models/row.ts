import type { Failure } from '../../core/errors'
import type { Model } from '../../models/model'
import type { Here } from '../../workers/models/store'
import type { Pace } from './transfer'

/** How it stands on the server; unknown while the server has not said so. */
export type There = Here | { readonly state: 'unknown' }

/** One model of the shelf. */
export interface Row {
  readonly model: Model
  readonly here: Here
  readonly there: There
  /** Whether the licence has to be, and was, accepted on this device. */
  readonly licence: 'free' | 'asked' | 'accepted'
  readonly pace: Pace | null
  readonly failed: Failure | null
}

export const sizeOf = ({ files }: Model): number => files.reduce((sum, { bytes }) => sum + bytes, 0)

/** Bytes of it that lie on this device. */
export function bytesHere({ model, here }: Row): number {
  if (here.state === 'installed') return sizeOf(model)
  return here.state === 'fetching' || here.state === 'paused' ? here.bytes : 0
}
