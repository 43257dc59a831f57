/** Long work in pieces: between them whoever runs it may look at the clock, and stop. */
export type Work<T> = Generator<undefined, T, undefined>;

/** About so many states or edges from one rest to the next: some milliseconds. */
export const REST_EVERY = 2 ** 14;
