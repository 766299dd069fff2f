import type { Box } from '../../core/crop'
import type { Kind } from './kinds'

/** A part of the picture that may be a mark. */
export interface Candidate {
  readonly kind: Kind
  /** Where it is, pixels; whole numbers, inside the picture. */
  readonly box: Box
  /** One value a pixel of `box`: anything but 0 belongs to the mark. */
  readonly ink: Uint8Array
  /** How sure it is a mark, 0..1. */
  readonly score: number
}
