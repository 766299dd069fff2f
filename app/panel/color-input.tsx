interface ColorInputProps {
  id: string
  /** `#rrggbb` */
  value: string
  describedBy?: string
  onChange: (value: string) => void
}

/** The browser's own colour chooser. */
export function ColorInput({ id, value, describedBy, onChange }: ColorInputProps) {
  return (
    <input
      type="color"
      {...{ id, value }}
      aria-describedby={describedBy}
      onChange={({ target }) => onChange(target.value)}
      className="h-7 w-12 cursor-pointer rounded border border-line bg-raised p-0.5 max-md:h-11"
    />
  )
}
