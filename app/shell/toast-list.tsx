'use client'
import { CircleAlert, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { dismiss, type ToastMessage } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'

const SHOWN_MS = 6000

export function ToastList({ messages }: { messages: readonly ToastMessage[] }) {
  const { t } = useWords()
  return (
    <Toast.Provider duration={SHOWN_MS} label={t('notifications')}>
      {messages.map(({ id, text, wrong, action, lasting }) => (
        <Toast.Root
          key={id}
          duration={lasting ? Number.POSITIVE_INFINITY : SHOWN_MS}
          onOpenChange={(open) => open || dismiss(id)}
          className="flex min-h-11 animate-rise items-center gap-3 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-4 text-sm shadow-lift"
        >
          {wrong && <CircleAlert size={16} className="shrink-0 text-wrong" aria-hidden />}
          <Toast.Description className="grow">{text}</Toast.Description>
          {action && (
            <Toast.Action asChild altText={action.label}>
              <Button size="small" onClick={action.run}>
                {action.label}
              </Button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton small label={t('close')}>
              <X size={14} aria-hidden />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed bottom-4 left-1/2 z-60 flex w-96 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col gap-2 max-md:bottom-36" />
    </Toast.Provider>
  )
}
