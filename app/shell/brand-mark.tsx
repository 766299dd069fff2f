/** A safelight seen through an aperture of three blades. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" className="size-6 shrink-0" aria-hidden="true">
      <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path
        d="M12 2 17.2 15M20.66 17 6.8 15M3.34 17 12 6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <circle cx="12" cy="12" r="3.25" className="fill-accent" />
    </svg>
  )
}
