'use client'
import { Download, Pencil, Upload } from 'lucide-react'
import { shareOf } from '../../core/mask/mask'
import { useBench } from '../shell/bench'
import { filesOf } from '../state/dropped-files'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useMaskActions } from './use-mask-actions'
import { type MaskEditor, useMaskEditor } from './use-mask-editor'

/** In place of a box for a file: what is painted for the picture in view. */
export function MaskSlot() {
  const { words } = useBench()
  const editor = useMaskEditor()
  return editor && <Painted editor={editor} title={words.label(editor.slot.name, editor.slot.title)} />
}

function Painted({ editor, title }: { editor: MaskEditor; title: string }) {
  const { t, format } = useWords()
  const { words } = useBench()
  const actions = useMaskActions(editor)
  const { mask, isEmpty, slot, isOpen } = editor
  const help = slot.help && words.label(slot.help, slot.help)
  return (
    <section
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void filesOf(event.dataTransfer).then(([file]) => file && actions.take(file))
      }}
      className="flex flex-col gap-2 rounded-lg border border-line bg-raised p-2.5"
    >
      <p className="flex justify-between gap-2 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-muted text-xs tabular-nums">
          {mask && !isEmpty ? t('maskMarked', { share: format.number(shareOf(mask) * 100, 2) }) : t('maskNothing')}
        </span>
      </p>
      {isEmpty && help && <p className="text-muted text-xs">{help}</p>}
      <div className="flex flex-wrap gap-1.5">
        {!isOpen && (
          <Button size="small" onClick={() => editor.open(true)}>
            <Pencil size={13} aria-hidden />
            {t('maskEdit')}
          </Button>
        )}
        <Button size="small" onClick={actions.browse}>
          <Upload size={13} aria-hidden />
          {t('maskImport')}
        </Button>
        <Button size="small" disabled={isEmpty} onClick={actions.save}>
          <Download size={13} aria-hidden />
          {t('maskExport')}
        </Button>
      </div>
    </section>
  )
}
