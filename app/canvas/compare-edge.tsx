'use client'
import { useBench } from '../shell/bench'
import { WipeEdge } from './wipe-edge'

interface CompareEdgeProps {
  /** What is on either side, where that needs saying. */
  before?: string
  after?: string
}

/** The edge between two pictures on the canvas. */
export function CompareEdge(sides: CompareEdgeProps) {
  const { layers } = useBench()
  return <WipeEdge share={layers.wipe} onMove={layers.wipeTo} {...sides} />
}
