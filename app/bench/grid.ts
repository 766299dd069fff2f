/** The columns of a line: where it ran, how long it takes, and three figures. Shared by the lines and their heads. */
export const GRID = {
  line: 'lg:grid lg:grid-cols-[4.5rem_minmax(0,1fr)_6rem_6rem_5rem] lg:items-center lg:gap-x-4',
  /** Beside the name of the tool. */
  beside: 'lg:w-[calc(100%-19rem)]',
} as const
