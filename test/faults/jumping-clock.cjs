// Preloaded: the wall clock jumps ten years back or on with each look; what never goes back (`performance.now`) stays as it is.
const TEN_YEARS_MS = 3.2e11;
const Real = Date;
let looks = 0;
const jumped = () => Real.now() + (looks++ % 2 === 0 ? 1 : -1) * TEN_YEARS_MS;

globalThis.Date = class extends Real {
  constructor(...at) {
    super(...(at.length === 0 ? [jumped()] : at));
  }
  static now() {
    return jumped();
  }
};
