'use client'
import { Copy } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { copyText } from '../export/clipboard'
import { type Call, curl, javascript, python } from '../export/snippets'
import { useBench } from '../shell/bench'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

const LANGUAGES = [
  { id: 'curl', name: 'curl', write: curl },
  { id: 'javascript', name: 'JavaScript', write: javascript },
  { id: 'python', name: 'Python', write: python },
] as const

/** The same run over REST, with the settings and file names of now. */
export function DeveloperSheet() {
  const { t } = useWords()
  const { card, session, item } = useBench()
  const names = Object.entries(session.fixed).map(([slot, { file }]) => [slot, file.name])
  const call: Call = {
    origin: location.origin,
    path: card.path,
    inputs: card.inputs,
    fileNames: { ...Object.fromEntries(names), ...(item && { [card.batch]: item.picture.file.name }) },
    params: session.params,
  }
  return (
    <Tabs.Root defaultValue="curl" className="flex flex-col gap-3 p-4">
      <p className="text-muted text-sm">{t('developerHelp')}</p>
      <Tabs.List aria-label={t('language')} className="flex gap-1 border-line border-b">
        {LANGUAGES.map(({ id, name }) => (
          <Tabs.Trigger
            key={id}
            value={id}
            className="-mb-px h-9 border-transparent border-b-2 px-3 text-muted text-sm hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink max-md:h-11"
          >
            {name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {LANGUAGES.map(({ id, write }) => (
        <Tabs.Content key={id} value={id} className="relative outline-none">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="overflow-x-auto rounded-lg border border-line bg-floor p-4 font-mono text-xs leading-5"
          >
            {write(call)}
          </pre>
          <Button
            size="small"
            className="absolute top-2 right-2"
            onClick={() => copyText(write(call)).then(() => toast({ text: t('copied') }))}
          >
            <Copy size={13} aria-hidden />
            {t('copy')}
          </Button>
        </Tabs.Content>
      ))}
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {[
          ['/docs', 'Swagger UI'],
          ['/redoc', 'Redoc'],
          ['/openapi.json', 'OpenAPI'],
          ['/postman.json', 'Postman'],
        ].map(([path, name]) => (
          <a
            key={path}
            href={path}
            target="_blank"
            rel="noreferrer"
            className="text-accent-text underline underline-offset-2"
          >
            {name}
          </a>
        ))}
      </p>
    </Tabs.Root>
  )
}
