import { HTTPException } from 'hono/http-exception'

export const unknownImage = (id: number): HTTPException => new HTTPException(404, { message: `Image ${id} not found` })

/** What was found of a picture. @throws HTTPException 404 when there is no such picture */
export const found = <T>(of: T | undefined, id: number): T => {
  if (of === undefined) throw unknownImage(id)
  return of
}
