import type { TextKey } from '../text/dictionary'

/** One table feeds the keys, the menus and the sheet that explains them. */
export const ACTIONS = {
  run: { keys: ['Mod+Enter'], text: 'run', group: 'keysRun' },
  stop: { keys: ['Escape'], text: 'stop', group: 'keysRun' },
  undo: { keys: ['Mod+z'], text: 'undo', group: 'keysRun' },
  open: { keys: ['o'], text: 'chooseFiles', group: 'keysRun' },
  nextPicture: { keys: [']'], text: 'nextPicture', group: 'keysRun' },
  previousPicture: { keys: ['['], text: 'previousPicture', group: 'keysRun' },
  zoomIn: { keys: ['+', '='], text: 'zoomIn', group: 'keysView' },
  zoomOut: { keys: ['-'], text: 'zoomOut', group: 'keysView' },
  fit: { keys: ['0'], text: 'zoomFit', group: 'keysView' },
  actualSize: { keys: ['1'], text: 'zoomActual', group: 'keysView' },
  panLeft: { keys: ['ArrowLeft'], text: 'panLeft', group: 'keysView' },
  panRight: { keys: ['ArrowRight'], text: 'panRight', group: 'keysView' },
  panUp: { keys: ['ArrowUp'], text: 'panUp', group: 'keysView' },
  panDown: { keys: ['ArrowDown'], text: 'panDown', group: 'keysView' },
  original: { keys: ['b', ' '], text: 'holdOriginal', group: 'keysView' },
  tools: { keys: ['t', 'Mod+k'], text: 'findTool', group: 'keysPage' },
  private: { keys: ['p'], text: 'privateMode', group: 'keysPage' },
  device: { keys: ['i'], text: 'deviceSheet', group: 'keysPage' },
  developer: { keys: ['d'], text: 'developer', group: 'keysPage' },
  webhooks: { keys: ['w'], text: 'webhooks', group: 'keysPage' },
  models: { keys: ['m'], text: 'models', group: 'keysPage' },
  shortcuts: { keys: ['?'], text: 'shortcuts', group: 'keysPage' },
} as const satisfies Record<string, { keys: readonly string[]; text: TextKey; group: TextKey }>

export type ActionId = keyof typeof ACTIONS

export const ACTION_GROUPS = ['keysRun', 'keysView', 'keysPage'] as const satisfies readonly TextKey[]

interface Stroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The action that a key press means; undefined for any other. */
export function actionFor({ key, ctrlKey, metaKey, altKey }: Stroke): ActionId | undefined {
  if (altKey) return undefined
  const stroke = (ctrlKey || metaKey ? 'Mod+' : '') + (key.length === 1 ? key.toLowerCase() : key)
  const ids = Object.keys(ACTIONS) as ActionId[]
  return ids.find((id) => ACTIONS[id].keys.some((candidate) => candidate === stroke))
}

const APPLE: Readonly<Record<string, string>> = { Mod: '⌘', Enter: '↵' }
const OTHER: Readonly<Record<string, string>> = { Mod: 'Ctrl', Enter: 'Enter' }
const SHARED: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  '-': '−',
  Delete: 'Del',
  Shift: '⇧',
}

/** The caps to press, as they are printed on this kind of keyboard. */
export function keyCaps(stroke: string, apple: boolean): string[] {
  const names = apple ? APPLE : OTHER
  const parts = stroke.length > 1 ? stroke.split('+') : [stroke]
  return parts.map((part) => names[part] ?? SHARED[part] ?? part.toUpperCase())
}
