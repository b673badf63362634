/** How a part says that its process cannot go on. `main` decides how it ends; a test only listens. */
export class Fatal {
  #listener: (why: string) => void = () => undefined;

  onExit(listener: (why: string) => void): void {
    this.#listener = listener;
  }

  exit(why: string): void {
    this.#listener(why);
  }
}
