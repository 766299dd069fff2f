import { createStore } from '../state/store'

/** By place in the result; the canvas and the table light up together. */
export const hoveredRow = createStore<number | null>(null)
export const selectedRow = createStore<number | null>(null)
