/** When a job may be taken that need not wait: long ago, so that a clock which is set back does not keep it waiting. */
export const DUE = '-1 day'
