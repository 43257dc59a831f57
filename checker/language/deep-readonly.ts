/** Of plain values; arrays stay arrays, tuples stay tuples, branded primitives stay themselves. */
export type DeepReadonly<T> = T extends string | number | boolean
  ? T
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
