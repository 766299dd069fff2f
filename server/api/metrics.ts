/** A request that has been answered. */
export interface Answered {
  /** `GET`; `OTHER` for one that HTTP does not know, since a client can make up as many as it likes. */
  readonly method: string
  /** The pattern, never the path: `/api/v1/tasks/{uid}`; `none` where no route is. */
  readonly route: string
  readonly status: number
  /** From the request's arrival to the head of its answer. */
  readonly seconds: number
}

/** What is counted while the service works, for whoever watches it. */
export interface Metrics {
  answered(request: Answered): void
  /** All counts, in Prometheus' text format 0.0.4. */
  expose(): Promise<string>
}
