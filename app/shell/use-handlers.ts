'use client'
import type { Viewer } from '../canvas/use-viewer'
import { activeView } from '../cloud/active-view'
import { mode } from '../state/preferences'
import type { ActionId } from './actions'
import type { Bench } from './bench'

const ZOOM_STEP = 1.4
const PAN_PIXELS = 80
const TURN = Math.PI / 18

type Handlers = Readonly<Partial<Record<ActionId, () => void>>>

/** What each action does when its key goes down, and for what is held, when it comes up. */
export function useHandlers(bench: Bench, viewer: Viewer): { down: Handlers; up: Handlers } {
  const { do: commands, layers, busy, marking, session, item } = bench
  const step = (by: number) => {
    const at = session.items.findIndex(({ picture }) => picture.id === item?.picture.id)
    const next = session.items[at + by]
    if (next) commands.select(next.picture.id)
  }
  const zoom = (factor: number) => (activeView.get() ?? viewer).zoom(factor)
  // Arrows move a picture and turn a solid; right turns it to the right, as dragging does.
  const move = (right: number, down: number) => {
    const solid = activeView.get()
    if (solid) solid.turn(right * TURN, down * TURN)
    else viewer.pan(-right * PAN_PIXELS, -down * PAN_PIXELS)
  }
  return {
    down: {
      run: commands.run,
      stop: marking ? () => commands.mark(null) : busy ? () => commands.stop() : undefined,
      undo: commands.undo,
      open: () => commands.browse(),
      nextPicture: () => step(1),
      previousPicture: () => step(-1),
      zoomIn: () => zoom(ZOOM_STEP),
      zoomOut: () => zoom(1 / ZOOM_STEP),
      fit: () => (activeView.get() ?? viewer).fit(),
      actualSize: viewer.actualSize,
      panLeft: () => move(-1, 0),
      panRight: () => move(1, 0),
      panUp: () => move(0, -1),
      panDown: () => move(0, 1),
      original: () => layers.holdOriginal(true),
      tools: () => commands.show('tools'),
      private: () => mode.set(mode.get() === 'private' ? 'auto' : 'private'),
      device: () => commands.show('device'),
      developer: () => commands.show('developer'),
      webhooks: () => commands.show('webhooks'),
      models: () => commands.show('models'),
      shortcuts: () => commands.show('shortcuts'),
    },
    up: { original: () => layers.holdOriginal(false) },
  }
}
