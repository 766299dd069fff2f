'use client'
import { Brush, Eraser, Hand, Lasso, Redo2, ScanSearch, SquareDashed, Undo2, WandSparkles } from 'lucide-react'
import { keyCaps } from '../shell/actions'
import { useBench } from '../shell/bench'
import { useApple } from '../shell/use-apple'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { brush, setBrush, TOOLS } from './brush'
import { BrushOptions } from './brush-options'
import { MASK_KEYS } from './keys'
import { MaskMenu } from './mask-menu'
import { useMaskActions } from './use-mask-actions'
import type { MaskEditor } from './use-mask-editor'

const ICONS = {
  brush: Brush,
  eraser: Eraser,
  lasso: Lasso,
  rectangle: SquareDashed,
  wand: WandSparkles,
  hand: Hand,
} as const

/** The tools that paint a mask, and what can be done with it. */
export function MaskBar({ editor }: { editor: MaskEditor }) {
  const { t } = useWords()
  const { cards } = useBench()
  const apple = useApple()
  const { tool } = useStore(brush)
  const actions = useMaskActions(editor)
  const finder = cards.some(({ id }) => id === editor.slot.foundBy?.tool)
  const named = (key: keyof typeof MASK_KEYS) =>
    `${t(MASK_KEYS[key].text)} (${keyCaps(MASK_KEYS[key].keys[0], apple).join('+')})`

  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-14 flex flex-col items-center gap-2 px-2 max-md:top-2 max-md:bottom-2 max-md:justify-between">
      {editor.isEmpty && (
        <div
          className={`pointer-events-auto flex max-w-full items-center gap-2 rounded-lg border border-line bg-surface text-xs shadow-lift ${finder ? 'py-1 pr-1 pl-3' : 'px-3 py-1.5'}`}
        >
          <span className="text-muted">{t(finder ? 'maskHintFind' : 'maskHint')}</span>
          {finder && (
            <Button size="small" look="accent" disabled={editor.isWorking} onClick={actions.find}>
              <ScanSearch size={14} aria-hidden />
              {t(editor.isWorking ? 'maskFinding' : 'maskFind')}
            </Button>
          )}
        </div>
      )}
      <div className="pointer-events-auto flex max-w-full flex-wrap items-center justify-center gap-x-1 gap-y-1 rounded-lg max-md:mt-auto border border-line bg-surface p-1 shadow-lift">
        <div role="toolbar" aria-label={t('maskTools')} className="flex items-center gap-0.5">
          {TOOLS.map((one) => {
            const Icon = ICONS[one]
            return (
              <IconButton
                key={one}
                label={named(one)}
                aria-pressed={tool === one}
                aria-keyshortcuts={MASK_KEYS[one].keys[0]}
                // The focus stays where it is: Space moves the picture, and must not press this again.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => setBrush({ tool: one })}
                className="aria-pressed:bg-accent-soft"
              >
                <Icon size={17} aria-hidden />
              </IconButton>
            )
          })}
        </div>
        <span className="mx-1 h-5 w-px shrink-0 bg-line max-md:hidden" />
        <BrushOptions />
        <span className="mx-1 h-5 w-px shrink-0 bg-line max-md:hidden" />
        <div className="flex items-center gap-0.5">
          <IconButton label={named('undo')} disabled={!editor.canUndo} onClick={editor.undo}>
            <Undo2 size={16} aria-hidden />
          </IconButton>
          <IconButton label={named('redo')} disabled={!editor.canRedo} onClick={editor.redo}>
            <Redo2 size={16} aria-hidden />
          </IconButton>
          <MaskMenu editor={editor} actions={actions} named={named} />
        </div>
      </div>
    </div>
  )
}
