/** A moment that all threads of the page agree on, in milliseconds since 1970. */
export const now = () => performance.timeOrigin + performance.now()
