/** The column that a record names at a place, from an offset on. */
@inline
export function columnOf(record: usize, place: usize, offset: usize): usize {
  return <usize>load<u32>(record + place) + offset;
}
