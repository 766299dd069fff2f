'use client'
import type { Viewer } from '../canvas/use-viewer'
import { mode } from '../state/preferences'
import type { ActionId } from './actions'
import type { Bench } from './bench'

const ZOOM_STEP = 1.4
const PAN_PIXELS = 80

type Handlers = Readonly<Partial<Record<ActionId, () => void>>>

/** What each action does when its key goes down, and for what is held, when it comes up. */
export function useHandlers(bench: Bench, viewer: Viewer): { down: Handlers; up: Handlers } {
  const { do: commands, layers, busy, marking, session, item } = bench
  const step = (by: number) => {
    const at = session.items.findIndex(({ picture }) => picture.id === item?.picture.id)
    const next = session.items[at + by]
    if (next) commands.select(next.picture.id)
  }
  return {
    down: {
      run: commands.run,
      stop: marking ? () => commands.mark(null) : busy ? () => commands.stop() : undefined,
      undo: commands.undo,
      open: () => commands.browse(),
      nextPicture: () => step(1),
      previousPicture: () => step(-1),
      zoomIn: () => viewer.zoom(ZOOM_STEP),
      zoomOut: () => viewer.zoom(1 / ZOOM_STEP),
      fit: viewer.fit,
      actualSize: viewer.actualSize,
      panLeft: () => viewer.pan(PAN_PIXELS, 0),
      panRight: () => viewer.pan(-PAN_PIXELS, 0),
      panUp: () => viewer.pan(0, PAN_PIXELS),
      panDown: () => viewer.pan(0, -PAN_PIXELS),
      original: () => layers.holdOriginal(true),
      private: () => mode.set(mode.get() === 'private' ? 'auto' : 'private'),
      device: () => commands.show('device'),
      developer: () => commands.show('developer'),
      shortcuts: () => commands.show('shortcuts'),
    },
    up: { original: () => layers.holdOriginal(false) },
  }
}
