'use client'
import type { ToolCard } from '../tools/card'
import { Capabilities } from './capabilities'
import { InstallApp } from './install-app'
import { ModeChoice } from './mode-choice'
import { ModelsLink } from './models-link'
import { Places } from './places'
import { Privacy } from './privacy'
import { Storage } from './storage'

/** Where things run and why, what this device can do, what has left it, and what it keeps. */
export function DeviceSheet({ cards }: { cards: readonly ToolCard[] }) {
  return (
    <div className="flex flex-col divide-y divide-line">
      <ModeChoice />
      <Privacy />
      <Places cards={cards} />
      <Capabilities />
      <ModelsLink />
      <Storage />
      <InstallApp />
    </div>
  )
}
