/** Takes a value and answers the parameter that stands for it: `$7`. */
export type Bind = (value: unknown) => string;

export function binder(parameters: unknown[]): Bind {
  return (value) => `$${parameters.push(value)}`;
}
