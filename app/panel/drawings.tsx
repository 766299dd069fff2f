'use client'
import { useBench } from '../shell/bench'
import { valueAt } from '../tools/value-at'
import type { Angles } from './head-lines'
import { HeadPose } from './head-pose'

/** The parts of a result that say more as a drawing than as numbers. */
export function Drawings({ data }: { data: Readonly<Record<string, unknown>> }) {
  const { card, words } = useBench()
  return card.drawings.map(({ name, title }) => {
    const value = valueAt(data, name)
    return isAngles(value) && <HeadPose key={name} title={words.label(name, title)} angles={value} />
  })
}

const isAngles = (value: unknown): value is Angles =>
  typeof value === 'object' &&
  value !== null &&
  ['yaw', 'pitch', 'roll'].every((name) => Number.isFinite((value as Record<string, unknown>)[name]))
