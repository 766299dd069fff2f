'use client'
import { Copy, Download, FileJson, Forward } from 'lucide-react'
import { copyPicture } from '../export/clipboard'
import { save } from '../export/save'
import { useBench } from '../shell/bench'
import { objectUrl } from '../state/object-url'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import { SendMenu } from './send-menu'

interface ArtefactProps {
  blob: Blob
  title: string
  /** File name to save it under. */
  name: string
  /** On the canvas, in place of the input. */
  shown: boolean
  onShow: () => void
}

/** A result file: save it; show, copy or drag out a picture. */
export function Artefact({ blob, title, name, shown, onShow }: ArtefactProps) {
  const { t, format } = useWords()
  const { do: commands } = useBench()
  const isPicture = blob.type.startsWith('image/')
  const copy = () =>
    copyPicture(blob).then(
      () => toast({ text: t('pictureCopied') }),
      () => toast({ text: t('copyRefused'), wrong: true }),
    )
  return (
    <li className="flex items-center gap-3 rounded-lg border border-line bg-raised p-2 pr-1">
      {!isPicture && <FileJson size={20} className="m-3.5 shrink-0 text-muted" aria-hidden />}
      {isPicture && (
        <button
          type="button"
          aria-pressed={shown}
          onClick={onShow}
          className="rounded-md aria-pressed:outline-2 aria-pressed:outline-accent"
        >
          <img
            src={objectUrl(blob)}
            alt={t('showPicture', { title })}
            decoding="async"
            title={t('dragOut')}
            onDragStart={({ dataTransfer }) =>
              dataTransfer.setData('DownloadURL', `${blob.type}:${name}:${objectUrl(blob)}`)
            }
            className="checkered size-12 shrink-0 cursor-grab rounded-md object-cover"
          />
        </button>
      )}
      <div className="flex min-w-0 grow flex-col">
        <span className="truncate text-sm">{title}</span>
        <span className="text-muted text-xs tabular-nums">
          {blob.type.replace(/^\w+\//, '').toUpperCase()} · {format.bytes(blob.size)}
        </span>
      </div>
      {isPicture && (
        <>
          <SendMenu onChoose={(tool) => commands.send(tool, [new File([blob], name, { type: blob.type })])}>
            <IconButton small label={t('sendOne', { title })}>
              <Forward size={15} aria-hidden />
            </IconButton>
          </SendMenu>
          <IconButton small label={t('copyPicture', { title })} onClick={copy}>
            <Copy size={15} aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton small label={t('savePicture', { title })} onClick={() => save(blob, name)}>
        <Download size={15} aria-hidden />
      </IconButton>
    </li>
  )
}
