/**
 * Mean of an hourly quantity, weighted by what each hour counts: the grid's intensity weighted by the energy of each hour is the
 * intensity that the energy has. Its difference from the plain mean is the covariance of the two over the hours.
 *
 * A list of a day stands for each day of a week.
 *
 * @param weights energy or load by hour, 24 or 168, from the same hour on as `values`, at least one above 0
 * @param values the quantity by hour, 24 or 168, e.g. gCO2e/kWh
 */
export function hourlyMean(weights: readonly number[], values: readonly number[]): number {
  const hours = Math.max(weights.length, values.length);
  let [weight, weighted] = [0, 0];
  for (let hour = 0; hour < hours; hour++) {
    weight += weights[hour % weights.length];
    weighted += weights[hour % weights.length] * values[hour % values.length];
  }
  return weighted / weight;
}
