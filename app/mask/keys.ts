import type { TextKey } from '../text/dictionary'
import { type Brush, brush, hardened, resized, setBrush, type Tool } from './brush'
import type { MaskEditor } from './use-mask-editor'

interface MaskKey {
  /** As `KeyboardEvent.key`, in lower case; `Mod+` for Ctrl or ⌘. */
  readonly keys: readonly string[]
  readonly text: TextKey
  /** @returns false where it has nothing to do, and the key means what it means elsewhere */
  press(editor: MaskEditor): boolean
}

const set = (next: () => Partial<Brush>) => () => {
  setBrush(next())
  return true
}
const choose = (tool: Tool) => set(() => ({ tool }))
const grow = (steps: number) => set(() => ({ size: resized(brush.get().size, steps) }))
const harden = (steps: number) => set(() => ({ hardness: hardened(brush.get().hardness, steps) }))

/** While a mask is painted these go before the keys of the page. One table feeds the keys, the buttons and the sheet. */
export const MASK_KEYS = {
  brush: { keys: ['q'], text: 'maskBrush', press: choose('brush') },
  eraser: { keys: ['e'], text: 'maskEraser', press: choose('eraser') },
  lasso: { keys: ['l'], text: 'maskLasso', press: choose('lasso') },
  rectangle: { keys: ['r'], text: 'maskRectangle', press: choose('rectangle') },
  wand: { keys: ['a'], text: 'maskWand', press: choose('wand') },
  hand: { keys: ['h'], text: 'maskHand', press: choose('hand') },
  smaller: { keys: ['['], text: 'maskSmaller', press: grow(-1) },
  larger: { keys: [']'], text: 'maskLarger', press: grow(1) },
  softer: { keys: ['{'], text: 'maskSofter', press: harden(-1) },
  harder: { keys: ['}'], text: 'maskHarder', press: harden(1) },
  undo: { keys: ['Mod+z'], text: 'maskUndo', press: (editor) => editor.undo() },
  redo: { keys: ['Mod+Shift+z', 'Mod+y'], text: 'maskRedo', press: (editor) => editor.redo() },
  invert: { keys: ['n'], text: 'maskInvert', press: (editor) => editor.invert() },
  clear: { keys: ['Delete', 'Backspace'], text: 'maskClear', press: (editor) => editor.clear() },
} as const satisfies Record<string, MaskKey>

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** What a key means while a mask is painted; undefined for keys that keep their meaning. */
export function maskKeyFor({ key, ctrlKey, metaKey, shiftKey, altKey }: Stroke): MaskKey | undefined {
  if (altKey) return undefined
  const isMod = ctrlKey || metaKey
  const name = key.length === 1 ? key.toLowerCase() : key
  const stroke = isMod ? `Mod+${shiftKey ? 'Shift+' : ''}${name}` : name
  return Object.values<MaskKey>(MASK_KEYS).find(({ keys }) => keys.includes(stroke))
}
