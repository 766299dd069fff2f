import { CircleAlert } from 'lucide-react'

/** What is wrong, beside the thing that is wrong. */
export function Problem({ text, id }: { text: string; id?: string }) {
  return (
    <p id={id} className="flex gap-1.5 text-wrong text-xs">
      <CircleAlert size={14} className="mt-px shrink-0" aria-hidden />
      {text}
    </p>
  )
}
