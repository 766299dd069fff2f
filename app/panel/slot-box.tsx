'use client'
import { Crop, ImagePlus, X } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import type { Slot } from '../../core/operator'
import { useBench } from '../shell/bench'
import { canBeMarked } from '../shell/bench-commands'
import { filesOf } from '../state/dropped-files'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import { Thumbnail } from '../ui/thumbnail'
import { Problem } from './problem'
import { useWantedField } from './use-wanted-field'

/** A named place for a file: click to choose, or drop on it. */
export function SlotBox({ slot: { name, kind, title, help } }: { slot: Slot }) {
  const { t, format } = useWords()
  const { card, words, session, item, wrong, do: commands } = useBench()
  const [hovering, setHovering] = useState(false)
  const note = useId()
  const around = useWantedField<HTMLDivElement>(name)
  const isBatch = name === card.batch
  const picture = isBatch ? item?.picture : session.fixed[name]
  const label = words.label(name, title)
  const problem = wrong[name]
  const many = isBatch && session.items.length > 1

  const drop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setHovering(false)
    void filesOf(event.dataTransfer).then((files) => commands.give(files, name))
  }

  return (
    <div ref={around} className="flex flex-col gap-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition; the button inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          event.stopPropagation()
          setHovering(true)
        }}
        onDragLeave={() => setHovering(false)}
        onDrop={drop}
        className={`flex items-center gap-1 rounded-lg border pr-1 transition-colors duration-150 ${hovering ? 'border-accent bg-accent-soft' : problem ? 'border-wrong' : picture ? 'border-line bg-raised' : 'border-line-strong border-dashed'}`}
      >
        <button
          type="button"
          aria-describedby={note}
          onClick={() => commands.browse(name)}
          className="flex min-w-0 grow items-center gap-3 rounded-lg p-1.5 text-left"
        >
          {picture ? (
            <Thumbnail file={picture.file} className="size-11" />
          ) : (
            <span className="grid size-11 shrink-0 place-items-center rounded-md bg-floor text-muted">
              <ImagePlus size={18} aria-hidden />
            </span>
          )}
          <span className="flex min-w-0 flex-col">
            <span className="font-medium text-sm">{label}</span>
            <span id={note} className="truncate text-muted text-xs" title={picture?.file.name}>
              {many
                ? t('files', { count: session.items.length })
                : picture
                  ? `${picture.file.name} · ${format.bytes(picture.file.size)}`
                  : help
                    ? words.label(help, help)
                    : t(`dropOrChoose_${kind}`)}
            </span>
          </span>
        </button>
        {item && canBeMarked(card, name) && (
          <IconButton small label={t('markFor', { slot: label })} onClick={() => commands.mark(name)}>
            <Crop size={15} aria-hidden />
          </IconButton>
        )}
        {picture && !many && (
          <IconButton
            small
            label={t('removeFrom', { slot: label })}
            onClick={() => (isBatch ? commands.removeItem(picture.id) : commands.removeFixed(name))}
          >
            <X size={15} aria-hidden />
          </IconButton>
        )}
      </div>
      {problem && <Problem text={problem} />}
    </div>
  )
}
