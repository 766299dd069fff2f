'use client'
import dynamic from 'next/dynamic'
import type { Size } from '../../core/raster'
import type { Layer } from '../canvas/use-layers'
import { useReview } from './use-review'

const ReviewBar = dynamic(() => import('./review-bar').then((module) => module.ReviewBar), { ssr: false })
const ReviewLayer = dynamic(() => import('./review-layer').then((module) => module.ReviewLayer), { ssr: false })

/** The quads of the picture in view, for tools that have some. */
export function Reviewed({ size, layers }: { size: Size; layers: readonly Layer[] }) {
  const review = useReview()
  const layer = layers.find(({ spec }) => spec === review?.spec)
  return review && layer?.visible && <ReviewLayer {...{ review, size }} opacity={layer.opacity} />
}

/** The bar that goes with them. */
export function ReviewTools() {
  const review = useReview()
  return review && <ReviewBar review={review} />
}
