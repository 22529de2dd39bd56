const LOADERS = ['Png', 'Jpeg', 'Webp'].map((kind) => `VipsForeignLoad${kind}Buffer`);

/** Loaded only when a picture comes: the library is large, and a server that shows logos never needs it. */
export async function loadDecoders() {
  const { default: sharp } = await import('sharp');
  // Whatever the first bytes pretend: no decoder but these three is ever given what somebody uploaded.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  return sharp;
}
