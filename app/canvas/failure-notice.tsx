'use client'
import { CircleAlert } from 'lucide-react'
import type { Failure } from '../../core/errors'
import { useBench } from '../shell/bench'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'

/** Why there is no result: one line for each control that is wrong, which leads to it, else the whole in a sentence. */
export function FailureNotice({ failure, className }: { failure: Failure; className: string }) {
  const { t } = useWords()
  const errorText = useErrorText()
  const { problems, do: commands } = useBench()
  return (
    <div role="alert" className={`${className} items-start border-wrong pr-3 max-md:flex-row`}>
      <CircleAlert size={16} className="mt-0.5 shrink-0 text-wrong" aria-hidden />
      {problems.length === 0 ? (
        <span>{errorText(failure)}</span>
      ) : (
        <div className="flex min-w-0 flex-col gap-1">
          {problems.length > 1 && <p className="font-semibold">{t('fieldsWrong', { count: problems.length })}</p>}
          <ul className="flex flex-col gap-1">
            {problems.map(({ key, field, text }) => (
              <li key={key}>
                <button
                  type="button"
                  onClick={() => commands.focusField(key)}
                  className="font-semibold text-accent-text underline underline-offset-2 max-md:min-h-8"
                >
                  {field}
                </button>
                : {text}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
