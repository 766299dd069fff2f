import { createStore } from '../state/store'
import type { PointView } from './point-view'

/** The 3D view on the canvas, for the page's keys; null when the canvas shows a picture. */
export const activeView = createStore<PointView | null>(null)
