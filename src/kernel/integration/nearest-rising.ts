/**
 * The rising sequence nearest to another in squares: neighbours that fall are replaced by their mean until none does
 * (pool adjacent violators; Barlow, Bartholomew, Bremner and Brunk, "Statistical inference under order restrictions",
 * 1972). It keeps the sum, hence of a distribution function the mean, and lies no further from any rising sequence, at
 * its furthest, than the first does.
 */
export function nearestRising(values: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  const sizes = new Uint32Array(values.length);
  let runs = 0;
  for (let i = 0; i < values.length; i++) {
    let [mean, size] = [values[i], 1];
    while (runs > 0 && means[runs - 1] > mean) {
      runs--;
      mean = (mean * size + means[runs] * sizes[runs]) / (size + sizes[runs]);
      size += sizes[runs];
    }
    means[runs] = mean;
    sizes[runs++] = size;
  }
  const rising = new Float64Array(values.length);
  for (let run = 0, end = 0; run < runs; run++) {
    rising.fill(means[run], end, end + sizes[run]);
    end += sizes[run];
  }
  return rising;
}
