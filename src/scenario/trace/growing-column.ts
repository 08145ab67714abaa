/** Numbers whose count is not known before: memory grows by doubling. */
export class GrowingColumn {
  #numbers = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = value;
  }

  /** What was pushed; shares memory. */
  get numbers(): Float64Array {
    return this.#numbers.subarray(0, this.#length);
  }
}
