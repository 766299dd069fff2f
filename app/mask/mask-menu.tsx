'use client'
import { Contrast, CopyCheck, Download, Ellipsis, Feather, ScanSearch, Trash2, Upload } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { useBench } from '../shell/bench'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Slider } from '../ui/slider'
import { brush, setBrush, TINTS, type Tint } from './brush'
import type { MASK_KEYS } from './keys'
import { RectangleForm } from './rectangle-form'
import type { useMaskActions } from './use-mask-actions'
import type { MaskEditor } from './use-mask-editor'

interface MaskMenuProps {
  editor: MaskEditor
  actions: ReturnType<typeof useMaskActions>
  named: (key: keyof typeof MASK_KEYS) => string
}

/** What is done with a mask as a whole. */
export function MaskMenu({ editor, actions, named }: MaskMenuProps) {
  const { t } = useWords()
  const { session, cards } = useBench()
  const { feather, tint } = useStore(brush)
  const { isEmpty: nothing } = editor
  const finder = cards.some(({ id }) => id === editor.slot.foundBy?.tool)
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label={t('maskMore')}>
          <Ellipsis size={17} aria-hidden />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={t('maskMore')}
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-30 flex max-h-[70dvh] w-80 max-w-[calc(100vw-1rem)] animate-appear flex-col gap-3 overflow-y-auto rounded-lg border border-line-strong bg-surface p-3 shadow-lift"
        >
          <div className="grid grid-cols-2 gap-1.5">
            <Entry onClick={() => editor.invert()} icon={<Contrast size={14} aria-hidden />} title={named('invert')}>
              {t('maskInvert')}
            </Entry>
            <Entry
              disabled={nothing}
              onClick={() => editor.clear()}
              icon={<Trash2 size={14} aria-hidden />}
              title={named('clear')}
            >
              {t('clear')}
            </Entry>
            <Entry onClick={actions.browse} icon={<Upload size={14} aria-hidden />}>
              {t('maskImport')}
            </Entry>
            <Entry disabled={nothing} onClick={actions.save} icon={<Download size={14} aria-hidden />}>
              {t('maskExport')}
            </Entry>
            {finder && (
              <Entry disabled={editor.isWorking} onClick={actions.find} icon={<ScanSearch size={14} aria-hidden />}>
                {t('maskFind')}
              </Entry>
            )}
            {session.items.length > 1 && (
              <Entry disabled={nothing} onClick={actions.share} icon={<CopyCheck size={14} aria-hidden />}>
                {t('maskShare')}
              </Entry>
            )}
          </div>
          <div className="flex items-center gap-2 border-line border-t pt-3">
            <Slider
              value={feather}
              min={1}
              max={64}
              step={1}
              label={t('maskFeatherBy')}
              text={t('pixels', { count: feather })}
              onChange={(next) => setBrush({ feather: next })}
            />
            <span className="w-11 text-right text-muted text-xs tabular-nums">{t('pixels', { count: feather })}</span>
            <Button size="small" disabled={nothing} onClick={actions.soften}>
              <Feather size={13} aria-hidden />
              {t('maskFeather')}
            </Button>
          </div>
          <fieldset className="flex items-center gap-2 border-line border-t pt-3">
            <legend className="sr-only">{t('maskTint')}</legend>
            <span className="grow text-muted text-xs" aria-hidden>
              {t('maskTint')}
            </span>
            {(Object.keys(TINTS) as Tint[]).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={tint === name}
                aria-label={t(`maskTint_${name}`)}
                title={t(`maskTint_${name}`)}
                onClick={() => setBrush({ tint: name })}
                style={{ background: TINTS[name] }}
                className="size-6 shrink-0 rounded-full border-2 border-surface outline-1 outline-line-strong aria-pressed:outline-2 aria-pressed:outline-accent max-md:size-11"
              />
            ))}
          </fieldset>
          <RectangleForm editor={editor} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface EntryProps {
  icon: ReactNode
  title?: string
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

const Entry = ({ icon, children, ...rest }: EntryProps) => (
  <Button size="small" className="!justify-start" {...rest}>
    {icon}
    <span className="truncate">{children}</span>
  </Button>
)
