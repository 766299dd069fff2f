/**
 * Solves a small system of linear equations by elimination with pivots.
 *
 * @param rows n rows of n coefficients and the right side; overwritten
 * @returns nothing when the rows depend on each other
 */
export function solve(rows: number[][]): number[] | undefined {
  const n = rows.length
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row
    }
    if (!(Math.abs(rows[pivot][column]) > 1e-12)) return undefined
    ;[rows[column], rows[pivot]] = [rows[pivot], rows[column]]
    for (let row = column + 1; row < n; row++) {
      const factor = rows[row][column] / rows[column][column]
      for (let k = column; k <= n; k++) rows[row][k] -= factor * rows[column][k]
    }
  }
  const solution = new Array<number>(n).fill(0)
  for (let row = n - 1; row >= 0; row--) {
    let sum = rows[row][n]
    for (let k = row + 1; k < n; k++) sum -= rows[row][k] * solution[k]
    solution[row] = sum / rows[row][row]
  }
  return solution
}
