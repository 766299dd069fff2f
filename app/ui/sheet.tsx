import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useWords } from '../text/words'
import { IconButton } from './icon-button'

const SIDES = {
  right:
    'inset-y-0 right-0 w-[26rem] max-w-full border-l animate-slide max-md:inset-x-0 max-md:top-auto max-md:bottom-0 max-md:w-full max-md:max-h-[88dvh] max-md:rounded-t-xl max-md:border-t max-md:border-l-0 max-md:animate-rise',
  wide: 'inset-y-0 right-0 w-[40rem] max-w-full border-l animate-slide max-md:inset-x-0 max-md:top-auto max-md:bottom-0 max-md:w-full max-md:max-h-[88dvh] max-md:rounded-t-xl max-md:border-t max-md:border-l-0 max-md:animate-rise',
  bottom: 'inset-x-0 bottom-0 max-h-[88dvh] rounded-t-xl border-t animate-rise',
  full: 'inset-4 rounded-xl border animate-appear max-md:inset-0 max-md:rounded-none max-md:border-0',
  centre:
    'top-1/2 left-1/2 w-[36rem] max-w-[calc(100vw-2rem)] max-h-[85dvh] -translate-x-1/2 -translate-y-1/2 rounded-xl border animate-appear',
} as const

interface SheetProps {
  open: boolean
  onClose: () => void
  title: string
  side: keyof typeof SIDES
  children: ReactNode
}

/** A panel over the page. Focus stays in it, Escape closes it, and focus goes back to where it came from. */
export function Sheet({ open, onClose, title, side, children }: SheetProps) {
  const { t } = useWords()
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          className={`fixed z-50 flex flex-col border-line bg-surface shadow-lift outline-none ${SIDES[side]}`}
        >
          <header className="flex h-12 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
            <Dialog.Title className="truncate font-semibold text-base">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('close')}>
                <X size={18} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none">
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
