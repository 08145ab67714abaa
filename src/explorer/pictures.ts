/** Colours and type of a picture that leaves the page: light, whatever the page is, for paper and slides. */
const STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#4a5560;text-anchor:middle}',
  '.start,.foot{text-anchor:start}.end,.unit{text-anchor:end}.foot{font-size:10px}',
  '.grid{stroke:#d8dde2}.area{fill-opacity:.18}.curve{fill:none;stroke-width:2.5}.mean{stroke:#1c2024;stroke-width:2}',
  '.area.a,.bar.a{fill:#004f7c}.curve.a{stroke:#004f7c}.name.a{fill:#004f7c}',
  '.area.b,.bar.b{fill:#b84f00}.curve.b{stroke:#b84f00;stroke-dasharray:7 4}.name.b{fill:#8f3d00}.bar.b{fill-opacity:.6}',
  '.median{fill:#fff;stroke:#1c2024;stroke-width:2}',
].join('');

/** Pixels of a saved picture for one of the drawing: sharp on slides. */
const SCALE = 2;

/** A drawing of the page as a file of its own: with its style in it, on white. */
export function standalone(svg: string): string {
  return svg.replace(/^(<svg[^>]*>)/, `$1<style>${STYLE}</style><rect width="100%" height="100%" fill="#fff"/>`);
}

/** A drawing as a PNG. @throws Error where the browser cannot draw it */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this browser makes no PNG'))), 'image/png');
  });
}
