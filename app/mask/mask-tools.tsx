'use client'
import { Pencil, SplitSquareHorizontal } from 'lucide-react'
import { useEffect } from 'react'
import { maskWork } from '../../workers/mask-client'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { replace, revisionOf } from './history'
import { MaskBar } from './mask-bar'
import { useMaskActions } from './use-mask-actions'
import type { MaskEditor } from './use-mask-editor'

/** What lies over the canvas for a mask: its tools, and the way between mask and result. */
export function MaskTools({ editor }: { editor: MaskEditor }) {
  const { item } = useBench()
  useFitting(editor)
  useGiven(editor)
  return (
    <>
      {editor.isOpen && <MaskBar editor={editor} />}
      {item?.run.status === 'done' && <MaskOrResult editor={editor} />}
    </>
  )
}

function MaskOrResult({ editor }: { editor: MaskEditor }) {
  const { t } = useWords()
  return (
    <fieldset className="absolute top-3 left-3 flex animate-appear rounded-lg border border-line bg-surface p-0.5 shadow-lift max-md:top-2 max-md:left-2">
      <legend className="sr-only">{t('maskOrResult')}</legend>
      {([true, false] as const).map((mask) => (
        <button
          key={String(mask)}
          type="button"
          aria-pressed={editor.isOpen === mask}
          onClick={() => editor.open(mask)}
          className="flex h-7 items-center gap-1.5 rounded-md px-2.5 text-muted text-xs aria-pressed:bg-accent-soft aria-pressed:text-accent-text max-md:h-10"
        >
          {mask ? <Pencil size={13} aria-hidden /> : <SplitSquareHorizontal size={14} aria-hidden />}
          {t(mask ? 'maskShow' : 'result')}
        </button>
      ))}
    </fieldset>
  )
}

/** A mask that came from a picture of another size is fitted when its own picture comes into view. */
function useFitting({ id, mask, size, slot }: MaskEditor): void {
  const { do: commands } = useBench()
  const fits = !mask || !size || (mask.width === size.width && mask.height === size.height)
  useEffect(() => {
    if (fits || !mask || !size) return
    let isAsked = true
    void maskWork.resize(mask, size).then((next) => {
      if (!isAsked) return
      replace(id, next)
      commands.setDrawn(id, slot.name, revisionOf(next))
    })
    return () => {
      isAsked = false
    }
  }, [fits, mask, size, id, slot.name, commands])
}

/** A mask that came as a file, with a sample or dropped on its slot, is opened to be corrected. */
function useGiven(editor: MaskEditor): void {
  const { session, do: commands } = useBench()
  const { take } = useMaskActions(editor)
  const given = session.fixed[editor.slot.name]
  const isKnown = editor.size !== undefined
  useEffect(() => {
    if (!given || !isKnown) return
    void take(given.file)
    commands.takeFixed(editor.slot.name)
  }, [given, isKnown])
}
